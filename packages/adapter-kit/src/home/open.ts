import { type ForceLink, writerOf } from '../force/link.ts';
import { derivedId } from '../ids.ts';
import { type HomeBook, homeAggregate } from './book.ts';

/**
 * Makes sure that a capability has the first record of its home ledger.
 * @returns undefined when it has, else why that is not known yet.
 */
export const openHome = async (
  link: ForceLink,
  book: HomeBook,
  capabilityId: string,
  traceparent: string,
): Promise<string | undefined> => {
  if (book.record(capabilityId)) return undefined;
  const commandId = derivedId('open', capabilityId);
  const event = {
    type: 'muster.home.opened.v1',
    data: { donor: link.force, capabilityId, homeVersion: 0 },
  } as const;
  const outcome = await link.appender.append({
    mode: link.mode,
    stream: 'HOME',
    writer: writerOf(link, commandId, { traceparent }),
    events: [event],
    expect: [{ aggregate: homeAggregate(link.force, capabilityId), lastSeq: 0 }],
  });
  if (outcome.kind === 'stored') {
    book.stored(outcome.seq, commandId, [event]);
    return undefined;
  }
  if (outcome.kind === 'refused') return outcome.because;
  const caught = await book.catchUp(outcome.kind === 'conflict' ? (outcome.lastSeq ?? 0) : 0);
  if (book.record(capabilityId)) return undefined;
  return caught.kind === 'behind' ? caught.because : `the home ledger of ${capabilityId} is not to be seen`;
};

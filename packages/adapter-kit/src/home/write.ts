import { eventId, isRefusal, type MusterEvent, type Refusal } from '@muster/contracts';
import { decideHome, type HomeFacts, type HomeInput } from '@muster/domain';
import type { Writer } from '@muster/mesh';
import type { HomeLink } from '../force/link.ts';
import { type HomeBook, homeAggregate } from './book.ts';

/** Times that a decision is taken anew because the ledger had moved on. */
export const HOME_TRIES_MAX = 8;

/** What became of one decision about a capability's own ledger. */
export type HomeWrite =
  | { kind: 'stored'; events: readonly MusterEvent[] }
  /** The ledger already says it. */
  | { kind: 'nothing' }
  | { kind: 'refused'; refusal: Refusal }
  /** Nothing is known to be wrong; the same input is to be given again later. */
  | { kind: 'later'; because: string }
  /** The streams were made anew: everything read so far is void. */
  | { kind: 'new-epoch' };

export type HomeDecision = {
  capabilityId: string;
  input: HomeInput;
  writer: Writer;
  facts: () => HomeFacts;
};

/**
 * Decides on the force's own ledger and stores it under the ledger's guard; when another writer of the force
 * (its desk, another process) was first, reads on and decides again. Writing the same command twice stores it
 * once.
 */
export const writeHome = async (
  { appender, mode, force }: HomeLink,
  book: HomeBook,
  { capabilityId, input, writer, facts }: HomeDecision,
): Promise<HomeWrite> => {
  const firstId = eventId({ org: force, commandId: writer.commandId, n: 1 });
  for (let attempt = 0; attempt < HOME_TRIES_MAX; attempt += 1) {
    const record = book.record(capabilityId);
    if (record?.recentIds.includes(firstId)) return { kind: 'nothing' };
    const decision = decideHome(input, record?.state, facts());
    if (isRefusal(decision)) return { kind: 'refused', refusal: decision };
    if (decision.events.length === 0) return { kind: 'nothing' };
    const outcome = await appender.append({
      mode,
      stream: 'HOME',
      writer,
      events: decision.events,
      expect: [{ aggregate: homeAggregate(force, capabilityId), lastSeq: record?.lastSeq ?? 0 }],
    });
    if (outcome.kind === 'stored') {
      book.stored(outcome.seq, writer.commandId, decision.events);
      return { kind: 'stored', events: decision.events };
    }
    if (outcome.kind === 'refused') return { kind: 'later', because: outcome.because };
    // Stored by an earlier try, lost to another writer, or unknown: the ledger itself says which.
    const caught = await book.catchUp(outcome.kind === 'conflict' ? (outcome.lastSeq ?? 0) : 0);
    if (caught.kind === 'new-epoch') return caught;
    if (caught.kind === 'behind') return { kind: 'later', because: caught.because };
  }
  return { kind: 'later', because: `the home ledger of ${capabilityId} changed ${HOME_TRIES_MAX} times` };
};

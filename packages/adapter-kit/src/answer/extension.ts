import { answerExtension } from '@muster/domain';
import type { StoredEvent, Verdict } from '@muster/mesh';
import { type ForceLink, isoNow, type Taken } from '../force/link.ts';
import type { HomeBook } from '../home/book.ts';
import { derivedId } from '../ids.ts';
import type { Advertiser } from '../publish/advertiser.ts';
import { retryLater } from '../verdicts.ts';

export type ExtensionContext = {
  link: ForceLink;
  book: HomeBook;
  advertiser: Pick<Advertiser, 'advert'>;
};

/** The capability whose ledger holds the booking of a deployment. */
const stateOf = (book: HomeBook, deploymentId: string) =>
  [...book.records().values()].map(({ state }) => state).find(({ bookings }) => bookings.has(deploymentId));

/**
 * Answers a host that asks to keep units for longer, by the declared policy: the ledger says whether the force
 * has the time. What the policy leaves open is for a person, until the ask lapses.
 */
export const onExtensionRequested = async (
  { link, book, advertiser }: ExtensionContext,
  { event, envelope }: StoredEvent<'muster.extension.requested.v1'>,
  message: Taken,
): Promise<Verdict> => {
  const { donor, deploymentId, extensionId, newEnd, answerBy } = event.data;
  const home = stateOf(book, deploymentId);
  // The ledger's events come in order, so a commitment of this force was seen before anybody asks to prolong it.
  // What it has not is for a person; to wait for it would hold up all that comes after.
  if (!home || isoNow(link.clock) >= answerBy) return { do: 'ack' };
  const facts = { advert: advertiser.advert(home.capabilityId), now: isoNow(link.clock) };
  const answer = answerExtension({ donor, deploymentId, extensionId, newEnd }, home, facts);
  if (!answer) return { do: 'ack' };
  const { traceparent } = message;
  const commandId = derivedId('extension', envelope.id);
  const actor = { role: 'adapter', id: 'force-adapter' } as const;
  const outcome = await link.caller.command(
    link.mode,
    link.force,
    'extension-answer',
    { ...answer, commandId, actor, classification: envelope.classification },
    { traceparent },
  );
  message.log.info({ commandId, answer: answer.answer, outcome: outcome.kind }, 'answered by policy');
  if (outcome.kind === 'stored') return { do: 'ack' };
  if (outcome.kind !== 'refused') return retryLater(message.deliveries, outcome.because);
  const { refused, because } = outcome.refusal;
  // Answered meanwhile, past its time, or not to be decided by a policy: a person sees it open until it lapses.
  return refused === 'unavailable' || refused === 'contention'
    ? retryLater(message.deliveries, because)
    : { do: 'ack' };
};

import { type DeclineReason, NAME_LENGTH_MAX, type RefusalCode } from '@muster/contracts';
import {
  answerRequest,
  type DeclineBody,
  type IssuedNotice,
  issuedNotice,
  type OfferBody,
} from '@muster/domain';
import type { CommandOutcome, StoredEvent, Verdict } from '@muster/mesh';
import { type ForceLink, isoNow, type Taken } from '../force/link.ts';
import type { Decider } from '../force/options.ts';
import type { HomeBook } from '../home/book.ts';
import { derivedId } from '../ids.ts';
import type { Advertiser } from '../publish/advertiser.ts';
import { retryLater } from '../verdicts.ts';

export type AnswerContext = {
  link: ForceLink;
  book: HomeBook;
  advertiser: Pick<Advertiser, 'live'>;
  answer: Decider;
};

const adapter = {
  actor: { role: 'adapter', id: 'force-adapter' },
  classification: 'OFFICIAL',
} as const;

/** Times that an offer is tried while the hub has not heard of the advert yet. */
const ADVERT_UNHEARD_TRIES = 5;

/** Refusals that end the matter: it is answered, or there is nothing left to answer. */
const SETTLED: readonly RefusalCode[] = [
  'already-answered',
  'answer-time-passed',
  'request-ended',
  'not-asked',
  'not-found',
  'bad-time',
];

/** Refusals that say that this capability cannot help, so that the line is declined instead. */
const CANNOT: Partial<Record<RefusalCode, DeclineReason>> = {
  'advert-not-current': 'no-capacity',
  'no-capacity': 'no-capacity',
  integrity: 'no-capacity',
  'not-eligible': 'policy',
  // Without a word the force would end as one that was silent.
  'line-full': 'other',
};

type Sent =
  | { kind: 'settled' }
  | { kind: 'cannot'; reasonCode: DeclineReason; because: string }
  | { kind: 'verdict'; verdict: Verdict };

const judge = (outcome: CommandOutcome, deliveries: number): Sent => {
  switch (outcome.kind) {
    case 'stored':
      return { kind: 'settled' };
    case 'no-service':
    case 'unknown':
      return { kind: 'verdict', verdict: retryLater(deliveries, outcome.because) };
    case 'refused': {
      const { refused, because } = outcome.refusal;
      if (SETTLED.includes(refused)) return { kind: 'settled' };
      const reasonCode = CANNOT[refused];
      if (refused === 'advert-not-current' && deliveries < ADVERT_UNHEARD_TRIES) {
        return { kind: 'verdict', verdict: retryLater(deliveries, because) };
      }
      if (reasonCode) return { kind: 'cannot', reasonCode, because };
      if (refused === 'unavailable' || refused === 'contention') {
        return { kind: 'verdict', verdict: retryLater(deliveries, because) };
      }
      return { kind: 'verdict', verdict: { do: 'dead', reason: `refused-${refused}`, because } };
    }
  }
};

type Answering = { link: ForceLink; causeId: string; message: Taken };

const offer = async ({ link, causeId, message }: Answering, body: OfferBody): Promise<Sent> => {
  const commandId = derivedId('offer', causeId, body.lineId, body.capabilityId);
  const { traceparent } = message;
  const command = { ...body, ...adapter, commandId };
  const outcome = await link.caller.command(link.mode, link.force, 'offer-make', command, { traceparent });
  message.log.info({ commandId, lineId: body.lineId, outcome: outcome.kind }, 'offered by policy');
  return judge(outcome, message.deliveries);
};

const decline = async ({ link, causeId, message }: Answering, body: DeclineBody): Promise<Sent> => {
  const commandId = derivedId('decline', causeId, ...body.lineIds);
  const { traceparent } = message;
  const command = { ...body, ...adapter, commandId };
  const outcome = await link.caller.command(link.mode, link.force, 'offer-decline', command, { traceparent });
  message.log.info({ commandId, reasonCode: body.reasonCode, outcome: outcome.kind }, 'declined by policy');
  return judge(outcome, message.deliveries);
};

/** Sends the offers; lines for which every offer turned out to be impossible come back as declines. */
const sendOffers = async (of: Answering, offers: readonly OfferBody[]): Promise<Verdict | DeclineBody[]> => {
  const settled = new Set<string>();
  const impossible = new Map<string, DeclineBody>();
  for (const body of offers) {
    const sent = await offer(of, body);
    if (sent.kind === 'verdict') return sent.verdict;
    if (sent.kind === 'settled') {
      settled.add(body.lineId);
      continue;
    }
    const { host, requestId, lineId } = body;
    const remarks = sent.because.slice(0, NAME_LENGTH_MAX);
    impossible.set(lineId, { host, requestId, lineIds: [lineId], reasonCode: sent.reasonCode, remarks });
  }
  return [...impossible].filter(([lineId]) => !settled.has(lineId)).map(([, body]) => body);
};

/**
 * Tells the host that the force has the request on its desk.
 * @returns what becomes of the message where it could not be told; undefined once it is.
 */
const acknowledge = async (
  { link, causeId, message }: Answering,
  { host, requestId }: IssuedNotice,
): Promise<Verdict | undefined> => {
  const commandId = derivedId('acknowledge', causeId);
  const body = { ...adapter, commandId, host, requestId, receivedAt: isoNow(link.clock) };
  const { traceparent } = message;
  const outcome = await link.caller.command(link.mode, link.force, 'request-acknowledge', body, {
    traceparent,
  });
  const sent = judge(outcome, message.deliveries);
  return sent.kind === 'verdict' ? sent.verdict : undefined;
};

/**
 * Answers a request that asks the force, by its declared policy. The commands' ids follow from the notice's,
 * so that a redelivery answers once.
 */
export const onNotice = async (
  { link, book, advertiser, answer }: AnswerContext,
  { event, envelope }: StoredEvent<'muster.request.notice.v1'>,
  message: Taken,
): Promise<Verdict> => {
  const notice = issuedNotice(event.data);
  if (!notice) return { do: 'ack' };
  const heard = await acknowledge({ link, causeId: envelope.id, message }, notice);
  if (heard) return heard;
  if (answer === 'person') return { do: 'ack' };
  const own = advertiser.live().map((advert) => ({ advert, home: book.record(advert.capabilityId)?.state }));
  const { offers, declines } = answerRequest(notice, own, { policy: answer }, isoNow(link.clock));
  const of = { link, causeId: envelope.id, message };
  const further = await sendOffers(of, offers);
  if (!Array.isArray(further)) return further;
  for (const body of [...declines, ...further]) {
    const sent = await decline(of, body);
    if (sent.kind === 'verdict') return sent.verdict;
  }
  return { do: 'ack' };
};

import type { Fact } from './facts.ts';
import { bookingKey, capabilityKey, type HubCapability } from './hub.ts';
import type { Note } from './report.ts';
import { later } from './spans.ts';

type Asked = { force: string; lineId: string; seq: number; answerBy: string };

type Request = {
  name: string;
  seq: number;
  /** The latest end of a line. */
  lastTo: string;
  asked: Asked[];
  /** Forces that were told of the request itself. */
  told: Set<string>;
  /** `<force> <line>` that offered, declined or was named silent; `<force> *` for one told of the request's end. */
  ended: Set<string>;
  isOver: boolean;
};

/** Notices by which a force learns of a request; units that are called are told of with it. */
const TELLS: ReadonlySet<string> = new Set(['issued', 'called']);
const ENDS: ReadonlySet<string> = new Set(['cancelled', 'expired', 'closed', 'ask-withdrawn']);

const apply = (of: Request, fact: Fact): void => {
  switch (fact.type) {
    case 'muster.request.submitted.v1':
      of.lastTo =
        fact.data.lines
          .map((line) => line.to)
          .sort()
          .at(-1) ?? '';
      return;
    case 'muster.request.issued.v1':
      for (const { force, lineIds } of fact.data.recipients) {
        const { answerBy } = fact.data;
        of.asked.push(...lineIds.map((lineId) => ({ force, lineId, seq: fact.seq, answerBy })));
      }
      return;
    case 'muster.request.notice.v1':
      if (TELLS.has(fact.data.notice.kind)) of.told.add(fact.data.force);
      if (ENDS.has(fact.data.notice.kind)) of.ended.add(`${fact.data.force} *`);
      return;
    case 'muster.request.answer_time_expired.v1':
      for (const { force, lineIds } of fact.data.silent)
        for (const lineId of lineIds) of.ended.add(`${force} ${lineId}`);
      return;
    case 'muster.offer.made.v1':
    case 'muster.offer.called.v1':
      of.ended.add(`${fact.data.donor} ${fact.data.lineId}`);
      return;
    case 'muster.offer.declined.v1':
      for (const lineId of fact.data.lineIds) of.ended.add(`${fact.data.donor} ${lineId}`);
      return;
    case 'muster.request.amended.v1':
      of.lastTo =
        fact.data.lines
          .map((line) => line.to)
          .sort()
          .at(-1) ?? '';
      return;
    case 'muster.request.refused.v1':
      of.isOver = of.isOver || !fact.data.retrospective;
      return;
    case 'muster.request.cancelled.v1':
    case 'muster.request.expired.v1':
    case 'muster.request.closed.v1':
      of.isOver = true;
      return;
    default:
      return;
  }
};

const requestName = (data: object): string | undefined =>
  'host' in data && 'requestId' in data ? `${data.host}/${data.requestId}` : undefined;

const gather = (facts: readonly Fact[]): Map<string, Request> => {
  const requests = new Map<string, Request>();
  for (const fact of facts) {
    const name = requestName(fact.data);
    if (name === undefined) continue;
    const fresh: Request = {
      ...{ name, seq: fact.seq, lastTo: '' },
      ...{ asked: [], told: new Set(), ended: new Set(), isOver: false },
    };
    const of = requests.get(name) ?? fresh;
    requests.set(name, of);
    apply(of, fact);
  }
  return requests;
};

const LIVE: ReadonlySet<string> = new Set(['reserved', 'confirmed', 'lapsing', 'released']);

/** What the bookings of a request have come to: units still held, and when the last came home. */
type Held = {
  isLive: boolean;
  lastReturn: string;
  /** A recall, a forfeit or an abort has opened a line again: it then ends with its window. */
  isReopened: boolean;
};

const TAKEN_BACK: readonly (string | undefined)[] = ['recalled', 'forfeited', 'aborted', 'made-in-error'];

const takenBack = (facts: readonly Fact[]): Set<string> =>
  new Set(
    facts.flatMap((fact) => {
      if (fact.type !== 'muster.booking.changed.v1') return [];
      return fact.data.changes
        .filter((change) => change.kind === 'released' && TAKEN_BACK.includes(change.reasonCode))
        .map((change) => `${capabilityKey(fact.data)} ${bookingKey(change)}`);
    }),
  );

const heldByRequest = (
  hub: ReadonlyMap<string, HubCapability>,
  back: ReadonlySet<string>,
): Map<string, Held> => {
  const held = new Map<string, Held>();
  for (const booking of [...hub.values()].flatMap((of) => [...of.bookings.values()])) {
    const name = `${booking.host}/${booking.requestId}`;
    const before = held.get(name) ?? { isLive: false, lastReturn: '', isReopened: false };
    held.set(name, {
      isLive: before.isLive || LIVE.has(booking.state),
      isReopened: before.isReopened || back.has(`${capabilityKey(booking)} ${bookingKey(booking)}`),
      lastReturn:
        booking.state === 'returned' || booking.state === 'handed-on'
          ? later(before.lastReturn, booking.changedAt)
          : before.lastReturn,
    });
  }
  return held;
};

/** Why a request should have ended before an instant, or undefined when it waits for people or for time. */
const overdue = (of: Request, held: Held | undefined, settledBefore: string): string | undefined => {
  if (of.isOver || held?.isLive || of.lastTo === '') return undefined;
  if (of.lastTo < settledBefore) return `its last window ended at ${of.lastTo}`;
  const answered = of.asked.every((each) => each.answerBy < settledBefore);
  return held?.lastReturn && !held.isReopened && held.lastReturn < settledBefore && answered
    ? `all that it was lent had returned by ${held.lastReturn}`
    : undefined;
};

/** Every asked force ends offered, declined or expired, and every request ends. */
export const checkRequests = (
  facts: readonly Fact[],
  hub: ReadonlyMap<string, HubCapability>,
  settledBefore: string,
  note: Note,
): number => {
  const requests = gather(facts);
  const held = heldByRequest(hub, takenBack(facts));
  for (const of of requests.values()) {
    const where = `request ${of.name}`;
    for (const { force, lineId, seq, answerBy } of of.asked) {
      if (!of.told.has(force)) note('asked-not-told', where, seq, `${force} was asked, but got no notice`);
      const ended = of.ended.has(`${force} ${lineId}`) || of.ended.has(`${force} *`);
      if (!ended && answerBy < settledBefore)
        note('asked-without-end', where, seq, `${force}, line ${lineId}, was to answer by ${answerBy}`);
    }
    const because = overdue(of, held.get(of.name), settledBefore);
    if (because !== undefined) note('request-without-end', where, of.seq, because);
  }
  return requests.size;
};

import type {
  CapabilityAdvertised,
  CommandBody,
  DeclineReason,
  EventData,
  RequestLine,
} from '@muster/contracts';
import { heldBy, withRest } from '../booking/held.ts';
import { neededSpan, rejections } from '../matching/eligibility.ts';
import { distanceKm, travelMinutes } from '../matching/travel.ts';
import { addMinutes } from '../time/instants.ts';
import { freeOver, type Taken } from '../time/intervals.ts';
import { usedBy } from './held.ts';
import type { HomeState } from './state.ts';

/** Who answers a request that asks this force: the declared policy, or a person. */
export type AnswerPolicy = { policy: 'automatic' | 'person' };

/** One of the force's own capabilities: its advert, and its ledger if it has begun. */
export type OwnCapability = { advert: CapabilityAdvertised; home: HomeState | undefined };

/** A notice that the force is asked for help. */
export type IssuedNotice = {
  host: string;
  requestId: string;
  lines: readonly RequestLine[];
};

export type OfferBody = Omit<CommandBody<'offer-make'>, 'commandId' | 'actor' | 'classification'>;
export type DeclineBody = Omit<CommandBody<'offer-decline'>, 'commandId' | 'actor' | 'classification'>;

/** The commands that the policy sends; what identifies them is the adapter's to add. */
export type Answers = { offers: OfferBody[]; declines: DeclineBody[] };

type Notice = EventData<'muster.request.notice.v1'>;

/** What a notice asks of the force, or undefined when it tells of something else. */
export const issuedNotice = ({ host, requestId, notice }: Notice): IssuedNotice | undefined =>
  notice.kind === 'issued' ? { host, requestId, lines: notice.lines } : undefined;

/** What this answer itself has on offer already: the same units are not offered to two lines. */
type Promised = Map<string, Taken[]>;

const freeFor = (
  { advert, home }: OwnCapability,
  promised: Promised,
  line: RequestLine,
  now: string,
): { free: number; unrested: number; beside: number } => {
  const span = neededSpan(line, { data: advert, heardAt: now }, now);
  const lent = home ? heldBy(home.bookings.values(), advert.kind, now) : [];
  const held = [...lent, ...(promised.get(advert.capabilityId) ?? [])];
  const used = home ? usedBy(home, advert.kind) : [];
  const { kind, minRestMinutes, quantity, reserveFloor } = advert;
  const resting = [
    ...(home ? heldBy(home.bookings.values(), kind, now, minRestMinutes) : []),
    ...(promised.get(advert.capabilityId) ?? []).map((each) => withRest(each, kind, minRestMinutes)),
  ];
  const rested = freeOver(quantity, resting, withRest(span, kind, minRestMinutes));
  const free = freeOver(quantity, [...held, ...used], span) - reserveFloor;
  return {
    free: Math.min(free, rested),
    unrested: free,
    beside: freeOver(quantity, held, span) - reserveFloor,
  };
};

/** Why the force offers nothing for the line: the reason that stands in the way of most. */
const declineReason = (
  ofCode: readonly OwnCapability[],
  promised: Promised,
  line: RequestLine,
  host: string,
  now: string,
): DeclineReason => {
  const found = ofCode.map(({ advert }) =>
    rejections({ data: advert, heardAt: now }, line, host, now).map(({ code }) => code),
  );
  const fitting = ofCode.filter((_, index) => found[index]?.length === 0);
  const room = fitting.map((own) => freeFor(own, promised, line, now));
  // With units free, only the way to the host can have stood in the way.
  if (room.some(({ free }) => free > 0)) return 'distance';
  if (room.some(({ unrested }) => unrested > 0)) return 'welfare-rest';
  if (room.some(({ beside }) => beside > 0)) return 'own-demand';
  if (fitting.length > 0 || ofCode.length === 0) return 'no-capacity';
  if (found.every((codes) => codes.includes('not-releasable'))) return 'policy';
  const lendable = found.filter((codes) => !codes.includes('not-releasable'));
  return lendable.every((codes) => codes.includes('not-accredited')) ? 'not-accredited' : 'no-capacity';
};

const offersFor = (
  line: RequestLine,
  { host, requestId }: IssuedNotice,
  ofCode: readonly OwnCapability[],
  promised: Promised,
  now: string,
): OfferBody[] => {
  const offers: OfferBody[] = [];
  let wanted = line.quantity;
  for (const own of ofCode) {
    const { advert } = own;
    const { capabilityId, noticeMinutes, base } = advert;
    if (wanted === 0) break;
    if (rejections({ data: advert, heardAt: now }, line, host, now).length > 0) continue;
    const quantity = Math.min(wanted, freeFor(own, promised, line, now).free);
    const minutes = noticeMinutes + travelMinutes(distanceKm(base, line.reportTo));
    const estimatedArrival = addMinutes(now, Math.ceil(minutes));
    if (quantity < 1 || estimatedArrival >= line.to) continue;
    const span = neededSpan(line, { data: advert, heardAt: now }, now);
    promised.set(capabilityId, [...(promised.get(capabilityId) ?? []), { ...span, quantity }]);
    offers.push({ host, requestId, lineId: line.lineId, capabilityId, quantity, estimatedArrival });
    wanted -= quantity;
  }
  return offers;
};

const nearestFirst = (own: readonly OwnCapability[], line: RequestLine): OwnCapability[] =>
  own
    .filter(({ advert }) => advert.code === line.capabilityCode)
    .map((each) => ({ each, km: distanceKm(each.advert.base, line.reportTo) }))
    .sort((a, b) => a.km - b.km || (a.each.advert.capabilityId < b.each.advert.capabilityId ? -1 : 1))
    .map(({ each }) => each);

/**
 * Answers a request by the declared policy: offers for each line what is free above the reserve floors, the
 * nearest capability first, and declines the lines for which there is nothing. A person's policy sends nothing.
 */
export const answerRequest = (
  notice: IssuedNotice,
  own: readonly OwnCapability[],
  policy: AnswerPolicy,
  now: string,
): Answers => {
  if (policy.policy === 'person') return { offers: [], declines: [] };
  const { host, requestId } = notice;
  const promised: Promised = new Map();
  const offers: OfferBody[] = [];
  const declined = new Map<DeclineReason, string[]>();
  for (const line of notice.lines) {
    const ofCode = nearestFirst(own, line);
    const made = offersFor(line, notice, ofCode, promised, now);
    offers.push(...made);
    if (made.length > 0) continue;
    const reason = declineReason(ofCode, promised, line, host, now);
    declined.set(reason, [...(declined.get(reason) ?? []), line.lineId]);
  }
  const declines = [...declined].map(([reasonCode, lineIds]) => ({ host, requestId, lineIds, reasonCode }));
  return { offers, declines };
};

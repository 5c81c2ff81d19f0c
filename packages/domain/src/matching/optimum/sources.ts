import type { CapacityKind, Interval, RequestLine, TravelEstimate } from '@muster/contracts';
import { tiredAt } from '../../duty/check.ts';
import type { Advert } from '../../ledger/view.ts';
import { isGood, offersOn } from '../../request/lines.ts';
import { answerKey, type Offer, type RequestState } from '../../request/state.ts';
import { later } from '../../time/instants.ts';
import { freeOver } from '../../time/intervals.ts';
import { spanFor } from '../../time/weeks.ts';
import { type RejectionCode, rejections, restRejection } from '../eligibility.ts';
import { greatCircle, roadKm, type TravelTimes } from '../travel.ts';
import { assumedCost, estimatedCost, type UnitCost } from './cost.ts';
import { type Known, remembered } from './known.ts';
import { type CostReason, type Payable, payableOf } from './payable.ts';

/** Why a plan leaves a capability out for a line. Stable codes. */
export type LeftOutCode =
  | RejectionCode
  | CostReason['code']
  /** The one who asks wants to know how it would be without this force. */
  | 'without'
  | 'declined'
  /** The host asks this force no more for the line. */
  | 'not-asked'
  /** Its home force refused units of it for this line. */
  | 'home-refused'
  /** Its units would go on from another deployment; the host decides on such an offer by itself. */
  | 'goes-on'
  /** Its units would break the rules of working time. */
  | 'on-duty'
  | 'arrives-late'
  /** All that is free of it is kept back by its force. */
  | 'reserve-floor';

export type LeftOutReason = { code: LeftOutCode; because: string };

/** Units of one capability that could go to one line. */
export type Source = {
  advert: Advert;
  span: Interval;
  /** The open offer that the plan would take up; none: the capability would be called. */
  offerId?: string;
  most: number;
  arrival: string;
  /** The road that the arrival of a call counts with; an offer states its arrival itself. */
  travel?: TravelEstimate;
  cost: UnitCost;
};

export type SourceOptions = {
  now: string;
  /** Forces that the plan has to do without. */
  without?: readonly string[];
  /** Units that would arrive after this instant are left out. */
  by?: string;
  /** Time on the road; by the straight line unless told otherwise. */
  travel?: TravelTimes;
};

/** A line that is short, with what is the same for every capability that it could have. */
export type Asked = {
  request: RequestState;
  line: RequestLine;
  /** Units. */
  need: number;
  /** From when to when it needs units from now on, as this kind of capability counts it. */
  spanFor(kind: CapacityKind): Interval;
  /** What of its offers and of calls is settled as to the money. */
  payable: Payable;
  /** What has been offered for it, by force and capability. */
  offers: ReadonlyMap<string, Offer[]>;
};

const capabilityKey = (force: string, capabilityId: string): string => `${force}/${capabilityId}`;

export const askedOf = (request: RequestState, line: RequestLine, need: number, now: string): Asked => {
  const span = { from: later(line.from, now), to: line.to };
  return {
    ...{ request, line, need },
    payable: payableOf(request, (offer) => isStanding(offer, now) && offer.continues === undefined),
    spanFor: remembered((kind: CapacityKind) => spanFor(kind, span)),
    offers: Map.groupBy(offersOn(request, line.lineId), ({ donor, capabilityId }) =>
      capabilityKey(donor, capabilityId),
    ),
  };
};

const NO_OFFERS: readonly Offer[] = [];

const isStanding = (offer: Offer, now: string): boolean => offer.status === 'made' && isGood(offer, now);

/** What stands against a call after what the force has said about the line. */
const saidNo = ({ request, line }: Asked, force: string, own: readonly Offer[]): LeftOutReason[] => {
  const found: LeftOutReason[] = [];
  const answer = request.answers.get(answerKey(force, line.lineId));
  if (answer?.answer === 'declined') {
    found.push({ code: 'declined', because: `${force} declined the line: ${answer.reasonCode}` });
  }
  if (answer?.answer === 'withdrawn') {
    found.push({ code: 'not-asked', because: `${request.host} asks ${force} no more for the line` });
  }
  for (const each of own) {
    if (each.status !== 'refused') continue;
    found.push({ code: 'home-refused', because: `${force} refused ${each.offerId}: ${each.reasonCode}` });
  }
  return found;
};

const ofOffer = ({ continues, duty, estimatedArrival }: Offer): LeftOutReason[] => {
  const found: LeftOutReason[] = [];
  if (continues !== undefined) {
    found.push({ code: 'goes-on', because: `the offer goes on from deployment ${continues}` });
  }
  for (const { because } of tiredAt(duty, estimatedArrival)) found.push({ code: 'on-duty', because });
  return found;
};

/** Units that may go out, or why none may. A call keeps the reserve floor; an offer is its donor's own choice. */
const mostOf = (
  known: Known,
  advert: Advert,
  span: Interval,
  offer: Offer | undefined,
): number | LeftOutReason => {
  const { quantity, reserveFloor } = advert.data;
  const taken = known.taken(advert);
  if (freeOver(quantity, taken, span) === 0) {
    return { code: 'no-capacity', because: `nothing is free from ${span.from} to ${span.to}` };
  }
  const free =
    taken.length === 0
      ? quantity
      : freeOver(quantity, known.takenWithRest(advert), known.withRest(span, advert));
  if (free === 0) return restRejection(advert, span);
  if (offer) return Math.min(free, offer.quantity);
  if (free > reserveFloor) return free - reserveFloor;
  return {
    code: 'reserve-floor',
    because: `${advert.data.force} keeps ${reserveFloor} for itself; free: ${free}`,
  };
};

const lateFor = (line: RequestLine, by: string | undefined, arrival: string): LeftOutReason[] => {
  const tooLate = (limit: string): LeftOutReason[] => [
    { code: 'arrives-late', because: `would arrive at ${arrival}, after ${limit}` },
  ];
  if (arrival >= line.to) return tooLate(`the end of the line (${line.to})`);
  return by !== undefined && arrival > by ? tooLate(by) : [];
};

/** What the advert could do for the line, or every reason why nothing. */
export const sourceOf = (
  known: Known,
  advert: Advert,
  asked: Asked,
  { now, without = [], by, travel = greatCircle }: SourceOptions,
): Source | LeftOutReason[] => {
  const { request, line, need } = asked;
  const { force, capabilityId, base, noticeMinutes } = advert.data;
  const span = asked.spanFor(advert.data.kind);
  const own =
    asked.offers.size === 0 ? NO_OFFERS : (asked.offers.get(capabilityKey(force, capabilityId)) ?? NO_OFFERS);
  const offer = own.find((each) => isStanding(each, now));
  const road = travel(base, line.reportTo);
  const arrival = offer?.estimatedArrival ?? known.inMinutes(Math.ceil(noticeMinutes + road.minutes));
  const reasons: LeftOutReason[] = [
    ...(without.includes(force)
      ? [{ code: 'without' as const, because: `the plan is without ${force}` }]
      : []),
    ...rejections(advert, line, request.host, now, span),
    ...(offer ? ofOffer(offer) : saidNo(asked, force, own)),
    ...lateFor(line, by, arrival),
  ];
  const most = mostOf(known, advert, span, offer);
  if (typeof most !== 'number') reasons.push(most);
  const payable = asked.payable(offer);
  if (typeof payable !== 'number') reasons.push(payable);
  if (typeof most !== 'number' || typeof payable !== 'number' || reasons.length > 0) return reasons;
  return {
    advert,
    span,
    ...(offer && { offerId: offer.offerId }),
    most: Math.min(most, need, payable),
    arrival,
    ...(!offer && { travel: road }),
    cost: offer?.costEstimate
      ? estimatedCost(offer.costEstimate, offer.quantity)
      : assumedCost(known.minutesOf(span), roadKm(road, base, line.reportTo)),
  };
};

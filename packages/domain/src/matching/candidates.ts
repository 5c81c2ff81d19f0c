import type {
  CandidateView,
  Interval,
  Point,
  RankTerm,
  RequestLine,
  TravelEstimate,
} from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import type { Advert, LedgerView } from '../ledger/view.ts';
import { instantOf, later, minutesBetween, msOf } from '../time/instants.ts';
import { freeOver, peakOver, type Taken } from '../time/intervals.ts';
import {
  neededSpan,
  notCurrent,
  type Rejection,
  rejections,
  restedFreeOf,
  restRejection,
  takenOf,
} from './eligibility.ts';
import { firstOf } from './first.ts';
import { assumedCost } from './optimum/cost.ts';
import { distanceKm, greatCircle, roadKm, shownTravel, type TravelTimes } from './travel.ts';
import { type Weights, weightsInForce } from './weights.ts';

type Eligible = Extract<CandidateView, { eligible: true }>;
type Rejected = Extract<CandidateView, { eligible: false }>;

/**
 * One advert of the line's code, with what is taken of it while the line needs units. `free` counts rested units only; `isTaken` when not
 * even unrested ones are free.
 */
type Looked = { advert: Advert; span: Interval; taken: Taken[]; free: number; isTaken: boolean };

/** How much one donor has of the code, and how much of that is lent already. */
type Share = { gross: number; lent: number };

/** What is the same for every candidate, worked out once. */
type Ask = {
  line: RequestLine;
  host: string;
  region: string | undefined;
  now: string;
  nowMs: number;
  fromMs: number;
  /** From now on, but for a queue, which counts in weeks. */
  needed: Interval;
  neededMinutes: number;
  weights: Weights;
  travel: TravelTimes;
};

const look = (view: LedgerView, advert: Advert, { line, now }: Ask): Looked => {
  const span = neededSpan(line, advert, now);
  const taken = takenOf(view, advert, now);
  const gross = freeOver(advert.data.quantity, taken, span);
  const mayTire = advert.data.minRestMinutes > 0 && taken.length > 0;
  const free = mayTire ? Math.min(gross, restedFreeOf(view, advert, span, now)) : gross;
  return { advert, span, taken, free, isTaken: gross === 0 };
};

const sharesOf = (looked: readonly Looked[], { now }: Ask): Map<string, Share> => {
  const shares = new Map<string, Share>();
  for (const { advert, taken, span } of looked) {
    if (notCurrent(advert, now).length > 0) continue;
    const { force, quantity } = advert.data;
    const share = shares.get(force) ?? { gross: 0, lent: 0 };
    share.gross += quantity;
    if (taken.length > 0) share.lent += peakOver(taken, span);
    shares.set(force, share);
  }
  return shares;
};

const MINUTE_MS = 60_000;
/** In a pound. */
const PENCE = 100;

/** The terms of the rank as bare numbers, in the units that {@link termsOf} names. */
type Values = Record<keyof Omit<Weights, 'version'>, number>;

/** An eligible advert with its rank, before it is written out for anybody. */
type Ranked = {
  looked: Looked;
  km: number;
  travel: TravelEstimate;
  arrivalMs: number;
  values: Values;
  score: number;
};

/** Minutes of a span; that of most adverts is one and the same, and instants take long to read. */
const minutesOf = (span: Interval, { needed, neededMinutes }: Ask): number =>
  span.from === needed.from && span.to === needed.to ? neededMinutes : minutesBetween(span.from, span.to);

const valuesOf = (
  { advert, free, span }: Looked,
  ask: Ask,
  share: Share,
  arrivalMs: number,
  travel: TravelEstimate,
): Values => {
  const { line, region, fromMs } = ask;
  const { force, accreditations, base, reserveFloor } = advert.data;
  const wanted = Math.min(free, line.quantity);
  let unasked = 0;
  for (const { scheme } of accreditations) if (!line.accreditations.includes(scheme)) unasked += 1;
  return {
    lateness: Math.round(Math.max(0, (arrivalMs - fromMs) / MINUTE_MS)),
    travel: Math.round(travel.minutes),
    tier: regionOf(force) === region ? 0 : 1,
    strain: Math.min(1, (share.lent + wanted) / share.gross),
    reserve: (wanted - Math.min(wanted, Math.max(0, free - reserveFloor))) / wanted,
    skillFit: unasked,
    cost: assumedCost(minutesOf(span, ask), roadKm(travel, base, line.reportTo)).pence / PENCE,
  };
};

const termsOf = (values: Values, weights: Weights): RankTerm[] => [
  { term: 'lateness', value: values.lateness, unit: 'minutes', weight: weights.lateness },
  { term: 'travel', value: values.travel, unit: 'minutes', weight: weights.travel },
  { term: 'tier', value: values.tier, unit: 'outside the region', weight: weights.tier },
  { term: 'strain', value: values.strain, unit: 'share of gross lent', weight: weights.strain },
  { term: 'reserve', value: values.reserve, unit: 'share below the reserve floor', weight: weights.reserve },
  { term: 'skill-fit', value: values.skillFit, unit: 'schemes not asked for', weight: weights.skillFit },
  { term: 'cost', value: values.cost, unit: 'assumed pounds a unit', weight: weights.cost },
];

const scoreOf = (values: Values, weights: Weights): number =>
  values.lateness * weights.lateness +
  values.travel * weights.travel +
  values.tier * weights.tier +
  values.strain * weights.strain +
  values.reserve * weights.reserve +
  values.skillFit * weights.skillFit +
  values.cost * weights.cost;

const rank = (looked: Looked, ask: Ask, share: Share): Ranked => {
  const { data } = looked.advert;
  const km = distanceKm(data.base, ask.line.reportTo);
  const travel = ask.travel(data.base, ask.line.reportTo);
  const arrivalMs = ask.nowMs + Math.round((data.noticeMinutes + travel.minutes) * MINUTE_MS);
  const values = valuesOf(looked, ask, share, arrivalMs, travel);
  return { looked, km, travel, arrivalMs, values, score: scoreOf(values, ask.weights) };
};

const shown = ({ looked, km, travel, arrivalMs, values, score }: Ranked, weights: Weights): Eligible => ({
  eligible: true,
  donor: looked.advert.data.force,
  capabilityId: looked.advert.data.capabilityId,
  free: looked.free,
  arrival: instantOf(arrivalMs),
  distanceKm: Math.round(km * 10) / 10,
  travel: shownTravel(travel),
  score,
  terms: termsOf(values, weights),
});

const compareNames = (a: Looked, b: Looked): number => {
  const { force, capabilityId } = a.advert.data;
  const other = b.advert.data;
  if (force !== other.force) return force < other.force ? -1 : 1;
  return capabilityId < other.capabilityId ? -1 : capabilityId > other.capabilityId ? 1 : 0;
};

const reasonsFor = ({ advert, free, isTaken, span }: Looked, { line, host, now }: Ask): Rejection[] => {
  const found = rejections(advert, line, host, now, span);
  if (free === 0 && !isTaken) found.push(restRejection(advert, span));
  if (isTaken) {
    found.push({ code: 'no-capacity', because: `nothing is free from ${span.from} to ${span.to}` });
  }
  return found;
};

/** What of a ranking is wanted. */
export type RankingOptions = {
  /** Those in force unless told otherwise. */
  weights?: Weights;
  /** Time on the road; by the straight line unless told otherwise. */
  travel?: TravelTimes;
  /** The asker knows of the advert; others are left out, and still count for what their force has lent. */
  isKnown?: (advert: Advert) => boolean;
  /** Most rows; the others are ranked and not written out. */
  first?: number;
};

export type Ranking = {
  candidates: CandidateView[];
  eligibleTotal: number;
  rejectedTotal: number;
  /** The version of the weights that made the rank. */
  policyVersion: string;
};

/**
 * Every capability of the line's code: the eligible ones first, best rank first, every term of the rank shown;
 * then the others, each with all the reasons against it. The same input gives the same order.
 */
export const rankCandidates = (
  line: RequestLine,
  host: string,
  view: LedgerView,
  now: string,
  options: RankingOptions = {},
): Ranking => {
  const { weights = weightsInForce(view), travel = greatCircle } = options;
  const { isKnown = () => true, first = Number.POSITIVE_INFINITY } = options;
  const region = regionOf(host);
  const needed = { from: later(line.from, now), to: line.to };
  const ask: Ask = {
    ...{ line, host, region, weights, travel },
    ...{ now, nowMs: msOf(now), fromMs: msOf(line.from) },
    ...{ needed, neededMinutes: minutesBetween(needed.from, needed.to) },
  };
  const looked: Looked[] = [];
  for (const advert of view.adverts(line.capabilityCode)) looked.push(look(view, advert, ask));
  const shares = sharesOf(looked, ask);
  const eligible: Ranked[] = [];
  const rejected: { looked: Looked; reasons: Rejection[] }[] = [];
  for (const each of looked) {
    if (!isKnown(each.advert)) continue;
    const reasons = reasonsFor(each, ask);
    if (reasons.length > 0) {
      rejected.push({ looked: each, reasons });
      continue;
    }
    const share = shares.get(each.advert.data.force);
    if (!share) throw new Error(`${each.advert.data.force} has an eligible advert and no share`);
    eligible.push(rank(each, ask, share));
  }
  const best = firstOf(eligible, first, (a, b) => a.score - b.score || compareNames(a.looked, b.looked)).map(
    (each) => shown(each, weights),
  );
  const others = firstOf(rejected, first - best.length, (a, b) => compareNames(a.looked, b.looked)).map(
    ({ looked: { advert }, reasons }): Rejected => ({
      eligible: false,
      donor: advert.data.force,
      capabilityId: advert.data.capabilityId,
      reasons,
    }),
  );
  return {
    candidates: [...best, ...others],
    eligibleTotal: eligible.length,
    rejectedTotal: rejected.length,
    policyVersion: weights.version,
  };
};

/** From where units could come to fill the line, so that their roads can be looked up before they are ranked. */
export function* basesOf(
  line: RequestLine,
  host: string,
  view: LedgerView,
  now: string,
): Generator<Point, void> {
  for (const advert of view.adverts(line.capabilityCode)) {
    if (rejections(advert, line, host, now).length === 0) yield advert.data.base;
  }
}

/** The whole ranking of a line, see {@link rankCandidates}. */
export const candidates = (
  line: RequestLine,
  host: string,
  view: LedgerView,
  now: string,
  weights?: Weights,
): CandidateView[] => rankCandidates(line, host, view, now, weights && { weights }).candidates;

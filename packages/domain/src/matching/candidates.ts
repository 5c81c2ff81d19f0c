import type { CandidateView, Interval, RankTerm, RequestLine } from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import type { Advert, LedgerView } from '../ledger/view.ts';
import { instantOf, msOf } from '../time/instants.ts';
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
import { distanceKm, travelMinutes } from './travel.ts';
import { WEIGHTS, type Weights } from './weights.ts';

type Eligible = Extract<CandidateView, { eligible: true }>;
type Rejected = Extract<CandidateView, { eligible: false }>;

/** One advert of the line's code, with what is taken of it while the line needs units. */
/** `free` counts rested units only; `isTaken` when not even unrested ones are free. */
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
  weights: Weights;
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

const termsOf = (
  { advert, free }: Looked,
  { line, region, fromMs, weights }: Ask,
  share: Share,
  at: { arrivalMs: number; travel: number },
): RankTerm[] => {
  const { force, accreditations, reserveFloor } = advert.data;
  const lateMinutes = Math.max(0, (at.arrivalMs - fromMs) / MINUTE_MS);
  const strain = Math.min(1, (share.lent + Math.min(free, line.quantity)) / share.gross);
  const unasked = accreditations.filter(({ scheme }) => !line.accreditations.includes(scheme)).length;
  const wanted = Math.min(free, line.quantity);
  const kept = (wanted - Math.min(wanted, Math.max(0, free - reserveFloor))) / wanted;
  const outside = regionOf(force) === region ? 0 : 1;
  return [
    { term: 'lateness', value: Math.round(lateMinutes), unit: 'minutes', weight: weights.lateness },
    { term: 'travel', value: Math.round(at.travel), unit: 'minutes', weight: weights.travel },
    { term: 'tier', value: outside, unit: 'outside the region', weight: weights.tier },
    { term: 'strain', value: strain, unit: 'share of gross lent', weight: weights.strain },
    { term: 'reserve', value: kept, unit: 'share below the reserve floor', weight: weights.reserve },
    { term: 'skill-fit', value: unasked, unit: 'schemes not asked for', weight: weights.skillFit },
    { term: 'cost', value: 0, unit: 'not known', weight: weights.cost },
  ];
};

const rank = (looked: Looked, ask: Ask, share: Share): Eligible => {
  const { data } = looked.advert;
  const km = distanceKm(data.base, ask.line.reportTo);
  const travel = travelMinutes(km);
  const arrivalMs = ask.nowMs + Math.round((data.noticeMinutes + travel) * MINUTE_MS);
  const terms = termsOf(looked, ask, share, { arrivalMs, travel });
  return {
    eligible: true,
    donor: data.force,
    capabilityId: data.capabilityId,
    free: looked.free,
    arrival: instantOf(arrivalMs),
    distanceKm: Math.round(km * 10) / 10,
    score: terms.reduce((sum, { value, weight }) => sum + value * weight, 0),
    terms,
  };
};

const compareNames = (
  a: { donor: string; capabilityId: string },
  b: { donor: string; capabilityId: string },
): number => {
  if (a.donor !== b.donor) return a.donor < b.donor ? -1 : 1;
  return a.capabilityId < b.capabilityId ? -1 : a.capabilityId > b.capabilityId ? 1 : 0;
};

const reasonsFor = ({ advert, free, isTaken, span }: Looked, { line, host, now }: Ask): Rejection[] => {
  const found = rejections(advert, line, host, now);
  if (free === 0 && !isTaken) found.push(restRejection(advert, span));
  if (isTaken) {
    found.push({ code: 'no-capacity', because: `nothing is free from ${span.from} to ${span.to}` });
  }
  return found;
};

/**
 * Every capability of the line's code: the eligible ones first, best rank first, every term of the rank shown;
 * then the others, each with all the reasons against it. The same input gives the same order.
 */
export const candidates = (
  line: RequestLine,
  host: string,
  view: LedgerView,
  now: string,
  weights: Weights = WEIGHTS,
): CandidateView[] => {
  const region = regionOf(host);
  const ask: Ask = { line, host, region, now, nowMs: msOf(now), fromMs: msOf(line.from), weights };
  const looked = [...view.adverts(line.capabilityCode)].map((advert) => look(view, advert, ask));
  const shares = sharesOf(looked, ask);
  const eligible: Eligible[] = [];
  const rejected: Rejected[] = [];
  for (const each of looked) {
    const reasons = reasonsFor(each, ask);
    const { force: donor, capabilityId } = each.advert.data;
    if (reasons.length > 0) {
      rejected.push({ eligible: false, donor, capabilityId, reasons });
      continue;
    }
    const share = shares.get(donor);
    if (!share) throw new Error(`${donor} has an eligible advert and no share`);
    eligible.push(rank(each, ask, share));
  }
  eligible.sort((a, b) => a.score - b.score || compareNames(a, b));
  rejected.sort(compareNames);
  return [...eligible, ...rejected];
};

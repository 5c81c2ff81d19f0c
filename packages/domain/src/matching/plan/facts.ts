import { type Point, type Refusal, refuse, urgency } from '@muster/contracts';
import type { BookingState } from '../../booking/state.ts';
import type { HomeState } from '../../home/state.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Advert, LedgerView } from '../../ledger/view.ts';
import { lineCounts } from '../../request/lines.ts';
import type { RequestState } from '../../request/state.ts';
import { basesOf } from '../candidates.ts';

/** Pairs of a short line and a capability of its code that one plan may look at; it bounds memory and time. */
export const PLAN_PAIRS_MAX = 200_000;

/** All that a plan rests on, as plain data, so that it can be handed to another thread. */
export type PlanFacts = {
  requests: readonly RequestState[];
  adverts: readonly Advert[];
  bookings: readonly BookingState[];
  homes: readonly HomeState[];
};

/** How often each code is asked for by a line that is short. */
const shortCodes = (requests: readonly RequestState[], now: string): ReadonlyMap<string, number> => {
  const codes = new Map<string, number>();
  for (const request of requests) {
    if (request.phase.kind !== 'live') continue;
    for (const line of request.lines) {
      if (now >= line.to || lineCounts(request, line).unfilled === 0) continue;
      codes.set(line.capabilityCode, (codes.get(line.capabilityCode) ?? 0) + 1);
    }
  }
  return codes;
};

/** From where units could be called to the place of a line that is short. */
export type Approach = { to: Point; from: Iterable<Point> };

/** The roads that a plan for these requests may ask about, the most urgent lines first. */
export const approachesOf = (
  { view }: Pick<Ledger, 'view'>,
  requests: readonly RequestState[],
  now: string,
): Approach[] =>
  requests
    .filter(({ phase }) => phase.kind === 'live')
    .toSorted((a, b) => urgency.options.indexOf(a.terms.urgency) - urgency.options.indexOf(b.terms.urgency))
    .flatMap((request) =>
      request.lines
        .filter((line) => now < line.to && lineCounts(request, line).unfilled > 0)
        .map((line) => ({ to: line.reportTo, from: basesOf(line, request.host, view, now) })),
    );

/** What these requests' plan rests on at this moment; a refusal when that is more than one plan may look at. */
export const planFactsOf = (
  { view }: Pick<Ledger, 'view'>,
  requests: readonly RequestState[],
  now: string,
): PlanFacts | Refusal => {
  const adverts: Advert[] = [];
  let pairs = 0;
  for (const [code, lines] of shortCodes(requests, now)) {
    for (const advert of view.adverts(code)) {
      adverts.push(advert);
      pairs += lines;
    }
    if (pairs <= PLAN_PAIRS_MAX) continue;
    const because = `more than ${PLAN_PAIRS_MAX} pairs of a short line and a capability would have to be looked at; name fewer requests`;
    return refuse('invalid', because, [{ path: 'requestIds', because }]);
  }
  const named = <T>(find: (force: string, capabilityId: string) => T | undefined): T[] =>
    adverts.flatMap(({ data }) => find(data.force, data.capabilityId) ?? []);
  return { requests, adverts, bookings: named(view.bookings), homes: named(view.home) };
};

const key = (force: string, capabilityId: string): string => `${force}/${capabilityId}`;

/** The facts as matching looks at them; of all else there is nothing. */
export const viewOfFacts = ({ requests, adverts, bookings, homes }: PlanFacts): LedgerView => {
  const ofRequests = new Map(requests.map((each) => [key(each.host, each.requestId), each]));
  const ofAdverts = new Map(adverts.map((each) => [key(each.data.force, each.data.capabilityId), each]));
  const ofBookings = new Map(bookings.map((each) => [key(each.donor, each.capabilityId), each]));
  const ofHomes = new Map(homes.map((each) => [key(each.donor, each.capabilityId), each]));
  const byCode = Map.groupBy(adverts, ({ data }) => data.code);
  return {
    request: (host, requestId) => ofRequests.get(key(host, requestId)),
    advert: (force, capabilityId) => ofAdverts.get(key(force, capabilityId)),
    adverts: (code) => byCode.get(code) ?? [],
    bookings: (donor, capabilityId) => ofBookings.get(key(donor, capabilityId)),
    home: (donor, capabilityId) => ofHomes.get(key(donor, capabilityId)),
    deployment: () => undefined,
    claim: () => undefined,
    register: () => undefined,
  };
};

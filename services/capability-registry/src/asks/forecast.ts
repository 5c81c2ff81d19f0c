import {
  type AskAnswer,
  type ForecastRow,
  HUB,
  NATIONAL_FLOORS,
  orgKind,
  type ParsedQuery,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { freeByHour, HOUR_MS, heldBy, type Supply, shortages, usedBy } from '@muster/domain';
import { isCurrent } from '../catalogue/entry.ts';
import { NOTHING_HELD } from '../taken/taken.ts';
import type { Sources } from './search.ts';
import { codesOf, refuseUnknown } from './selection.ts';

const FLOORS = new Map(NATIONAL_FLOORS.map(({ code, units }) => [code, units]));

/** The centres and the hub see the whole country; a force would see through the sums what is not released to it. */
const seesTheCountry = (org: string): boolean =>
  org === HUB || ['region', 'national'].includes(orgKind(org)?.kind ?? '');

function* suppliesOf(code: string, { catalogue, taken }: Sources, now: string): Generator<Supply, void> {
  for (const entry of catalogue.byCode(code)) {
    if (!isCurrent(entry, now)) continue;
    const { advert } = entry;
    const held = taken.of(advert.force, advert.capabilityId);
    const { kind, minRestMinutes } = advert;
    const spans =
      held === NOTHING_HELD
        ? []
        : [...heldBy(held.bookings, kind, now, minRestMinutes), ...usedBy(held, kind)];
    yield { advert, taken: spans };
  }
}

const rowOf = (
  code: string,
  floor: number,
  free: readonly number[],
  at: (hour: number) => string,
): ForecastRow => {
  const freeLeast = Math.min(...free);
  return {
    ...{ code, floor, freeNow: free[0] ?? 0, freeLeast, leastAt: at(free.indexOf(freeLeast)) },
    below: shortages(free, floor).map(({ first, end, freeLeast: least }) => ({
      from: at(first),
      to: at(end),
      freeLeast: least,
    })),
  };
};

const bySoonest = (a: ForecastRow, b: ForecastRow): number => {
  const [first, other] = [a.below[0]?.from, b.below[0]?.from];
  if (first === other) return a.code < b.code ? -1 : 1;
  if (first === undefined || other === undefined) return first === undefined ? 1 : -1;
  return first < other ? -1 : 1;
};

/** Which codes fall under their national floors in the hours to come, given what is booked and in local use. */
export const forecast = (
  { hours, code }: ParsedQuery<'forecast'>,
  org: string,
  sources: Sources,
  now: string,
): AskAnswer<'forecast'> | Refusal => {
  if (!seesTheCountry(org)) {
    return refuse(
      'not-permitted',
      `the forecast counts what all forces have; it is for the centres, not ${org}`,
    );
  }
  const unknown = refuseUnknown({ code });
  if (unknown) return unknown;
  const startMs = Math.floor(Date.parse(now) / HOUR_MS) * HOUR_MS;
  const at = (hour: number): string => new Date(startMs + hour * HOUR_MS).toISOString();
  const rows = codesOf(code).flatMap((each) => {
    const floor = FLOORS.get(each);
    if (floor === undefined) return [];
    return [rowOf(each, floor, freeByHour(suppliesOf(each, sources, now), at(0), hours), at)];
  });
  return { from: at(0), to: at(hours), rows: rows.sort(bySoonest) };
};

import { type AskAnswer, type Interval, isRefusal, type ParsedQuery, type Refusal } from '@muster/contracts';
import { isCurrent } from '../catalogue/entry.ts';
import { freeOver, isOpenOver } from './free.ts';
import type { Sources } from './search.ts';
import { codesOf, refuseUnknown } from './selection.ts';
import type { Viewer } from './viewer.ts';
import { askedSpan } from './window.ts';

/** Cover is about the next day unless the query says otherwise, in milliseconds. */
const COVER_DEFAULT_MS = 24 * 3_600_000;

type Row = AskAnswer<'cover'>['rows'][number];
type Sum = { row: Row; forces: Set<string> };

/** Rows of one code: one for each region and kind in which something is open over the whole span. */
const rowsOf = (
  code: string,
  region: string | undefined,
  viewer: Viewer,
  { catalogue, taken }: Sources,
  now: string,
  span: Interval,
): Row[] => {
  const sums = new Map<string, Sum>();
  for (const entry of catalogue.byCode(code, region)) {
    const { advert } = entry;
    if (!isCurrent(entry, now) || !viewer.sees(entry) || !isOpenOver(advert, span)) continue;
    const name = `${entry.region}/${advert.kind}`;
    let sum = sums.get(name);
    if (!sum) {
      const row = {
        code,
        region: entry.region,
        kind: advert.kind,
        forces: 0,
        capabilities: 0,
        advertised: 0,
        taken: 0,
        free: 0,
      };
      sum = { row, forces: new Set() };
      sums.set(name, sum);
    }
    const free = freeOver(advert, taken.of(advert.force, advert.capabilityId), span, now);
    sum.forces.add(advert.force);
    sum.row.capabilities += 1;
    sum.row.advertised += advert.quantity;
    sum.row.free += free;
    // Never more than is advertised: a shrunk advert may leave bookings above it, which its donor settles.
    sum.row.taken += advert.quantity - free;
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { row, forces }]) => ({ ...row, forces: forces.size }));
};

/** What is open, taken and free over the whole span, by code, region and kind, of what the viewer may see. */
export const cover = (
  query: ParsedQuery<'cover'>,
  viewer: Viewer,
  sources: Sources,
  now: string,
): AskAnswer<'cover'> | Refusal => {
  const unknown = refuseUnknown(query);
  if (unknown) return unknown;
  const span = askedSpan(query, now, COVER_DEFAULT_MS);
  if (isRefusal(span)) return span;
  const rows = codesOf(query.code).flatMap((code) => rowsOf(code, query.region, viewer, sources, now, span));
  return { rows, ...span };
};

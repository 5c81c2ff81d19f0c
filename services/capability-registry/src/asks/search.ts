import {
  type AskAnswer,
  type CapabilityView,
  type Interval,
  isRefusal,
  type ParsedQuery,
  type Refusal,
} from '@muster/contracts';
import { distanceKm } from '@muster/domain';
import { ANSWER_BYTES_MAX } from '@muster/mesh';
import { lowerBound } from '../catalogue/bucket.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Entry, isCurrent } from '../catalogue/entry.ts';
import type { Taken } from '../taken/taken.ts';
import { type Position, readCursor, writeCursor } from './cursor.ts';
import { freeOver, holdsAccreditation, isOpenOver } from './free.ts';
import { codesOf, refuseUnknown } from './selection.ts';
import type { Viewer } from './viewer.ts';
import { askedSpan } from './window.ts';

export type Query = ParsedQuery<'capability-search'>;
export type Answer = AskAnswer<'capability-search'>;
export type Sources = { catalogue: Catalogue; taken: Taken };

/** Bytes kept free in an answer for what surrounds its rows. */
const ANSWER_MARGIN_BYTES = 4_096;
/** Bytes that a row adds to its advert: free, distance, last news. */
const ROW_EXTRA_BYTES = 128;
const ROWS_BYTES_MAX = ANSWER_BYTES_MAX - ANSWER_MARGIN_BYTES;

type Row = { entry: Entry; free: number; distanceKm?: number };

const viewOf = ({ entry, free, distanceKm: distance }: Row): CapabilityView => {
  const view: CapabilityView = { ...entry.advert, free, confirmedAt: entry.confirmedAt };
  if (distance !== undefined) view.distanceKm = Math.round(distance * 10) / 10;
  if (entry.withdrawn) view.withdrawn = true;
  return view;
};

/** The smallest prepared lists that hold every match, in the order of their sort keys. */
const listsFor = (query: Query, catalogue: Catalogue): (readonly Entry[])[] =>
  query.force === undefined
    ? codesOf(query.code).map((code) => catalogue.byCode(code, query.region))
    : [catalogue.byForce(query.force)];

const hasCode = (code: string, codeOrPrefix: string): boolean =>
  code === codeOrPrefix || code.startsWith(`${codeOrPrefix}.`);

/** What one query asks of each entry, with everything that is the same for all entries worked out once. */
const matcher = (query: Query, viewer: Viewer, taken: Taken, now: string, span: Interval) => {
  const windowAsked = query.from !== undefined || query.to !== undefined;
  const byForce = query.force !== undefined;
  const { code, region, accreditation, minimumQuantity = 0, near, includeOwnEnded = false } = query;
  return (entry: Entry): Row | undefined => {
    const { advert } = entry;
    const current = isCurrent(entry, now);
    if (!current && !(includeOwnEnded && advert.force === viewer.org)) return undefined;
    if (!viewer.sees(entry)) return undefined;
    if (byForce && code !== undefined && !hasCode(advert.code, code)) return undefined;
    if (byForce && region !== undefined && entry.region !== region) return undefined;
    if (windowAsked && !isOpenOver(advert, span)) return undefined;
    if (accreditation !== undefined && !holdsAccreditation(advert, accreditation, span)) return undefined;
    // The distance first: it is cheaper than what is taken, and leaves out most.
    const distance = near && distanceKm(advert.base, near);
    if (distance !== undefined && distance > (near?.withinKm ?? 0)) return undefined;
    const free = current ? freeOver(advert, taken.of(advert.force, advert.capabilityId), span, now) : 0;
    if (free < minimumQuantity) return undefined;
    return distance === undefined ? { entry, free } : { entry, free, distanceKm: distance };
  };
};

/** Matches in the order of the sort keys, from the first one after the position. */
function* inOrder(
  lists: readonly (readonly Entry[])[],
  after: Position | undefined,
  match: (entry: Entry) => Row | undefined,
): Generator<Row> {
  for (const list of lists) {
    let at = after === undefined ? 0 : lowerBound(list, after.sortKey);
    if (after !== undefined && list[at]?.sortKey === after.sortKey) at += 1;
    for (; at < list.length; at += 1) {
      const entry = list[at];
      const row = entry && match(entry);
      if (row) yield row;
    }
  }
}

const byDistance = (a: Row, b: Row): number =>
  (a.distanceKm ?? 0) - (b.distanceKm ?? 0) || (a.entry.sortKey < b.entry.sortKey ? -1 : 1);

const isAfter = (row: Row, position: Position): boolean => {
  const distance = row.distanceKm ?? 0;
  const from = position.distanceKm ?? 0;
  return distance === from ? row.entry.sortKey > position.sortKey : distance > from;
};

/** Matches nearest first, from the first one after the position. */
const nearestFirst = (
  lists: readonly (readonly Entry[])[],
  after: Position | undefined,
  match: (entry: Entry) => Row | undefined,
): Row[] => {
  const rows = [...inOrder(lists, undefined, match)].sort(byDistance);
  return after === undefined ? rows : rows.filter((row) => isAfter(row, after));
};

/** As many rows as the page and the size of an answer allow, and a cursor when there are more. */
const pageOf = (rows: Iterable<Row>, limit: number): Answer => {
  const items: CapabilityView[] = [];
  let bytes = 0;
  let last: Row | undefined;
  for (const row of rows) {
    bytes += row.entry.bytes + ROW_EXTRA_BYTES;
    if (last !== undefined && (items.length === limit || bytes > ROWS_BYTES_MAX)) {
      return { items, cursor: writeCursor({ sortKey: last.entry.sortKey, distanceKm: last.distanceKm }) };
    }
    items.push(viewOf(row));
    last = row;
  }
  return { items };
};

/** Adverts that match, as the viewer may see them. */
export const search = (query: Query, viewer: Viewer, sources: Sources, now: string): Answer | Refusal => {
  const unknown = refuseUnknown(query);
  if (unknown) return unknown;
  const span = askedSpan(query, now);
  if (isRefusal(span)) return span;
  const near = query.near !== undefined;
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, near);
  if (after !== undefined && isRefusal(after)) return after;
  const lists = listsFor(query, sources.catalogue);
  const match = matcher(query, viewer, sources.taken, now, span);
  return pageOf(near ? nearestFirst(lists, after, match) : inOrder(lists, after, match), query.limit);
};

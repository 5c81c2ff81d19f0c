import { isToken, type Refusal, refuse } from '@muster/contracts';
import { SORT_KEY_SEPARATOR } from '../catalogue/entry.ts';

/** Where a page ended: the sort key of its last row, and its distance when the rows are ordered by it. */
export type Position = { sortKey: string; distanceKm?: number };

const malformed = (): Refusal =>
  refuse('invalid', 'The cursor is not one that this query gave; ask again without it.', [
    { path: 'cursor', because: 'is not one that this query gave' },
  ]);

/** A cursor says where to go on, not how many rows to skip: rows that come or go in between do not shift it. */
export const writeCursor = ({ sortKey, distanceKm }: Position): string =>
  distanceKm === undefined ? sortKey : `${distanceKm}${SORT_KEY_SEPARATOR}${sortKey}`;

const isSortKey = (parts: readonly string[]): boolean => {
  const [code, force, capabilityId, ...rest] = parts;
  return !!code && !!force && !!capabilityId && rest.length === 0 && isToken(force) && isToken(capabilityId);
};

/** Reads a cursor back; `byDistance` says which order the query asks for. */
export const readCursor = (cursor: string, byDistance: boolean): Position | Refusal => {
  const parts = cursor.split(SORT_KEY_SEPARATOR);
  if (!byDistance) return isSortKey(parts) ? { sortKey: cursor } : malformed();
  const [first, ...rest] = parts;
  const distanceKm = Number(first);
  if (!first || !Number.isFinite(distanceKm) || distanceKm < 0 || !isSortKey(rest)) return malformed();
  return { sortKey: rest.join(SORT_KEY_SEPARATOR), distanceKm };
};

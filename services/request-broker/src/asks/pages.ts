/** A page of rows, and where the next one begins. */
export type Page<T> = { items: T[]; cursor?: string };

/**
 * Cuts one page out of rows that have a unique key, newest (greatest) key first. The cursor is the key of the
 * last row given, so rows that come or go in between do not shift the next page.
 */
export const pageOf = <T>(
  rows: Iterable<T>,
  keyOf: (row: T) => string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Page<T> => {
  const keyed: { key: string; row: T }[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    if (cursor === undefined || key < cursor) keyed.push({ key, row });
  }
  keyed.sort((a, b) => (a.key < b.key ? 1 : -1));
  const items = keyed.slice(0, limit);
  const last = items.at(-1);
  const page = { items: items.map(({ row }) => row) };
  return last && keyed.length > limit ? { ...page, cursor: last.key } : page;
};

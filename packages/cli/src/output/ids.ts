/** Fewest characters to which an id is shortened. */
const SHORT_ID_LENGTH_MIN = 8;

/** How ids are shortened for people: as far as they stay unique among those shown. */
export const shortener = (ids: readonly string[]): ((id: string) => string) => {
  const unique = new Set(ids);
  const longest = Math.max(SHORT_ID_LENGTH_MIN, ...[...unique].map((id) => id.length));
  let length = SHORT_ID_LENGTH_MIN;
  while (length < longest && new Set([...unique].map((id) => id.slice(0, length))).size < unique.size) {
    length += 1;
  }
  return (id) => id.slice(0, length);
};

export type Match<T> = { kind: 'one'; item: T } | { kind: 'none' } | { kind: 'several'; items: T[] };

/** What an id, or the beginning of one, means among the items; a whole id wins over beginnings. */
export const matchId = <T>(written: string, items: readonly T[], idOf: (item: T) => string): Match<T> => {
  const exact = items.filter((item) => idOf(item) === written);
  const found = exact.length > 0 ? exact : items.filter((item) => idOf(item).startsWith(written));
  const [only] = found;
  if (only === undefined) return { kind: 'none' };
  return found.length === 1 ? { kind: 'one', item: only } : { kind: 'several', items: found };
};

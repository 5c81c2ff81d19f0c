import type { Entry } from './entry.ts';

/** Entries in the order of their sort keys. */
export type Bucket = Entry[];

/** Index of the first entry whose sort key is not below this one. */
export const lowerBound = (bucket: readonly Entry[], sortKey: string): number => {
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = bucket[middle];
    if (entry !== undefined && entry.sortKey < sortKey) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Puts the entry in its place, instead of one with the same sort key. */
export const putInto = (bucket: Bucket, entry: Entry): void => {
  const at = lowerBound(bucket, entry.sortKey);
  const replaces = bucket[at]?.sortKey === entry.sortKey;
  bucket.splice(at, replaces ? 1 : 0, entry);
};

export const takeOutOf = (bucket: Bucket, sortKey: string): void => {
  const at = lowerBound(bucket, sortKey);
  if (bucket[at]?.sortKey === sortKey) bucket.splice(at, 1);
};

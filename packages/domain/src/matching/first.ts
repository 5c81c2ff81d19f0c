type Order<T> = (a: T, b: T) => number;

/** The place of the first in a sorted list that comes after an item. */
const placeIn = <T>(sorted: readonly T[], item: T, order: Order<T>): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(sorted[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The first so many in an order, in it; what is as good as another stays behind it. Sorts no more than it gives. */
export const firstOf = <T>(all: readonly T[], count: number, order: Order<T>): T[] => {
  if (count <= 0) return [];
  if (count >= all.length) return all.toSorted(order);
  const first = all.slice(0, count).sort(order);
  let last = first[count - 1] as T;
  for (let at = count; at < all.length; at += 1) {
    const item = all[at] as T;
    if (order(item, last) >= 0) continue;
    first.splice(placeIn(first, item, order), 0, item);
    first.length = count;
    last = first[count - 1] as T;
  }
  return first;
};

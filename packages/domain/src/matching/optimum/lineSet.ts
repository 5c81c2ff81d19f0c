/** A set of lines, one bit each. */
export type LineSet = Uint32Array;

const BITS = 32;

/** @param count lines that there are. */
export const lineSet = (count: number, lines: Iterable<number>): LineSet => {
  const set = new Uint32Array(Math.ceil(count / BITS));
  for (const line of lines) set[line >>> 5] = (set[line >>> 5] ?? 0) | (1 << (line & 31));
  return set;
};

export const hasLine = (set: LineSet, line: number): boolean =>
  ((set[line >>> 5] ?? 0) & (1 << (line & 31))) !== 0;

/** Whether all that two sets share is in a third. */
export const sharedIn = (one: LineSet, other: LineSet, third: LineSet): boolean => {
  for (let at = 0; at < one.length; at += 1) {
    if (((one[at] ?? 0) & (other[at] ?? 0) & ~(third[at] ?? 0)) !== 0) return false;
  }
  return true;
};

const rootOf = (parents: Int32Array, node: number): number => {
  let root = node;
  for (let up = parents[root] ?? root; up !== root; up = parents[root] ?? root) root = up;
  for (let at = node; at !== root; ) {
    const up = parents[at] ?? root;
    parents[at] = root;
    at = up;
  }
  return root;
};

/** Numbers from 0 that some chain of sets joins are of one class; a class is named by one of its members. */
export const joined = (count: number, sets: Iterable<readonly number[]>): Int32Array => {
  const parents = Int32Array.from({ length: count }, (_, index) => index);
  for (const set of sets) {
    const [first] = set;
    if (first === undefined) continue;
    const root = rootOf(parents, first);
    for (const each of set) {
      const other = rootOf(parents, each);
      if (other !== root) parents[other] = root;
    }
  }
  return parents.map((_, index) => rootOf(parents, index));
};

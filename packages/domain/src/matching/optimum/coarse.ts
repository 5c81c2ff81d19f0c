import { joined } from './joined.ts';
import { hasLine, type LineSet, lineSet, sharedIn } from './lineSet.ts';
import type { Limit, OptimumColumn, OptimumModel } from './model.ts';

/** One capability: its columns, and for each of its limits the lines that it counts. */
type Capability = { columns: number[]; lines: LineSet; limits: { lines: LineSet; most: number }[] };

/** Capabilities that lend together: a strain joins them. `spans`: lines that count at one moment. */
type Lender = { capabilities: Capability[]; spans: Map<string, LineSet>; groups: Set<number> };

/** Which columns only a limit and the cost tell apart: of one line and lender, as late, and in the same strains. */
const groupsOf = ({ columns, strains }: OptimumModel, lenderOf: Int32Array): Int32Array => {
  const places = new Map<string, number>();
  let count = 0;
  const group = Int32Array.from(columns, ({ line, lateMinutes }, at) => {
    const key = `${lenderOf[at]}/${line}/${lateMinutes}`;
    const place = places.get(key) ?? count++;
    places.set(key, place);
    return place;
  });
  for (const strain of strains) {
    const inside = new Map<number, number>();
    for (const column of strain.columns) {
      const before = group[column] ?? 0;
      const after = inside.get(before) ?? count++;
      inside.set(before, after);
      group[column] = after;
    }
  }
  const dense = new Map<number, number>();
  for (const each of group) if (!dense.has(each)) dense.set(each, dense.size);
  return group.map((each) => dense.get(each) ?? 0);
};

const lendersOf = (
  { lines, columns, limits, strains }: OptimumModel,
  lenderOf: Int32Array,
  groups: Int32Array,
): Lender[] => {
  const setOf = (own: readonly number[]): LineSet =>
    lineSet(
      lines.length,
      own.map((column) => columns[column]?.line ?? 0),
    );
  const capabilityOf = joined(
    columns.length,
    limits.map((limit) => limit.columns),
  );
  const lenders = new Map<number, Lender>();
  const capabilities = new Map<number, Capability>();
  for (const [root, own] of Map.groupBy(columns.keys(), (column) => capabilityOf[column] ?? 0)) {
    const capability: Capability = { columns: own, lines: setOf(own), limits: [] };
    capabilities.set(root, capability);
    const lender = lenderOf[root] ?? 0;
    const known: Lender = lenders.get(lender) ?? { capabilities: [], spans: new Map(), groups: new Set() };
    lenders.set(lender, known);
    known.capabilities.push(capability);
    for (const column of own) known.groups.add(groups[column] ?? 0);
  }
  const addSpan = (first: number, span: LineSet): void => {
    lenders.get(lenderOf[first] ?? 0)?.spans.set(span.join(), span);
  };
  for (const { columns: own, most } of limits) {
    const [first] = own;
    if (first === undefined) continue;
    const counted = setOf(own);
    capabilities.get(capabilityOf[first] ?? 0)?.limits.push({ lines: counted, most });
    addSpan(first, counted);
  }
  for (const { columns: own } of strains) if (own[0] !== undefined) addSpan(own[0], setOf(own));
  return [...lenders.values()];
};

/** Units of a capability that can go to the lines of a span together. */
const mostOf = (
  { columns }: OptimumModel,
  { columns: own, lines, limits }: Capability,
  span: LineSet,
): number => {
  let most = 0;
  const seen = new Set<number>();
  let isOncePerLine = true;
  for (const column of own) {
    const { line = 0, most: units = 0 } = columns[column] ?? {};
    if (!hasLine(span, line)) continue;
    most += units;
    isOncePerLine &&= !seen.has(line);
    seen.add(line);
  }
  // A limit on lines says all of it only where each line stands for one column.
  if (!isOncePerLine) return most;
  for (const limit of limits) if (limit.most < most && sharedIn(lines, span, limit.lines)) most = limit.most;
  return most;
};

/**
 * A smaller problem that no solution of the model surpasses: capabilities of one donor are one, of which at each
 * moment as much goes out as they have together. It is mostly as good, and then its fill, lateness and strain are
 * those of the model.
 */
export const coarse = (model: OptimumModel): OptimumModel => {
  const { lines, columns, limits, strains } = model;
  const lenderOf = joined(
    columns.length,
    [...limits, ...strains].map((row) => row.columns),
  );
  const groups = groupsOf(model, lenderOf);
  const together: OptimumColumn[] = [];
  for (const [at, column] of columns.entries()) {
    const place = groups[at] ?? 0;
    const before = together[place];
    together[place] = {
      ...column,
      most: Math.min(lines[column.line]?.need ?? 0, column.most + (before?.most ?? 0)),
      costPence: Math.min(column.costPence, before?.costPence ?? Infinity),
    };
  }
  const rows: Limit[] = [];
  for (const lender of lendersOf(model, lenderOf, groups)) {
    for (const span of lender.spans.values()) {
      const own = [...lender.groups].filter((place) => hasLine(span, together[place]?.line ?? 0));
      const most = lender.capabilities.reduce((sum, each) => sum + mostOf(model, each, span), 0);
      if (own.reduce((sum, place) => sum + (together[place]?.most ?? 0), 0) > most) {
        rows.push({ columns: own, most });
      }
    }
  }
  return {
    lines,
    columns: together,
    limits: rows,
    strains: strains.map((strain) => ({
      ...strain,
      columns: [...new Set(strain.columns.map((column) => groups[column] ?? 0))],
    })),
  };
};

import { joined } from './joined.ts';
import { hasLine, type LineSet, lineSet, sharedIn } from './lineSet.ts';
import type { Limit, OptimumColumn, OptimumModel } from './model.ts';

/** One capability: its columns, and for each of its limits the lines that it counts. */
type Capability = {
  columns: readonly OptimumColumn[];
  lines: LineSet;
  /** None where a line stands for several columns, of which a limit may count only some. */
  limits: { lines: LineSet; most: number }[];
};

/** Capabilities that lend together, as a strain joins them. `spans`: lines that count at one moment. */
type Lender = { capabilities: Capability[]; spans: Map<string, LineSet>; groups: readonly number[] };

/** Which columns only a limit and the cost tell apart: of one line and lender, as late, and in the same strains. */
const groupsOf = ({ columns, strains }: OptimumModel, lenderOf: Int32Array): Int32Array => {
  let count = 0;
  const places = new Map<number, Map<number, number>>();
  const group = Int32Array.from(columns, ({ line, lateMinutes }, at) => {
    const pair = line * columns.length + (lenderOf[at] ?? 0);
    const known = places.get(pair) ?? new Map<number, number>();
    places.set(pair, known);
    const place = known.get(lateMinutes) ?? count++;
    known.set(lateMinutes, place);
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
  for (const [root, own] of Map.groupBy(columns.keys(), (column) => lenderOf[column] ?? 0)) {
    const together = new Set(own.map((column) => groups[column] ?? 0));
    lenders.set(root, { capabilities: [], spans: new Map(), groups: [...together] });
  }
  const capabilities = new Map<number, Capability>();
  for (const [root, own] of Map.groupBy(columns.keys(), (column) => capabilityOf[column] ?? 0)) {
    const capability: Capability = {
      columns: own.flatMap((column) => columns[column] ?? []),
      lines: setOf(own),
      limits: [],
    };
    const isOncePerLine = new Set(capability.columns.map(({ line }) => line)).size === own.length;
    if (isOncePerLine) capabilities.set(root, capability);
    lenders.get(lenderOf[root] ?? 0)?.capabilities.push(capability);
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
const mostOf = ({ columns, lines, limits }: Capability, span: LineSet): number => {
  let most = 0;
  for (const column of columns) if (hasLine(span, column.line)) most += column.most;
  for (const limit of limits) {
    if (limit.most < most && sharedIn(lines, span, limit.lines)) most = limit.most;
  }
  return most;
};

/** Each group as one column. */
const together = ({ lines, columns }: OptimumModel, groups: Int32Array): OptimumColumn[] => {
  const all: OptimumColumn[] = [];
  for (const [at, column] of columns.entries()) {
    const place = groups[at] ?? 0;
    const before = all[place];
    if (!before) all[place] = { ...column };
    else {
      before.most = Math.min(lines[column.line]?.need ?? 0, before.most + column.most);
      before.costPence = Math.min(before.costPence, column.costPence);
    }
  }
  return all;
};

/** What a lender has together at each moment, as far as that is less than its columns could be. */
const limitsOf = ({ capabilities, spans, groups }: Lender, columns: readonly OptimumColumn[]): Limit[] =>
  [...spans.values()].flatMap((span) => {
    const own: number[] = [];
    let wanted = 0;
    for (const place of groups) {
      const column = columns[place];
      if (!column || !hasLine(span, column.line)) continue;
      own.push(place);
      wanted += column.most;
    }
    const most = capabilities.reduce((sum, each) => sum + mostOf(each, span), 0);
    return wanted > most ? [{ columns: own, most }] : [];
  });

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
  const grouped = together(model, groups);
  return {
    lines,
    columns: grouped,
    limits: lendersOf(model, lenderOf, groups).flatMap((lender) => limitsOf(lender, grouped)),
    strains: strains.map((strain) => ({
      ...strain,
      columns: [...new Set(strain.columns.map((column) => groups[column] ?? 0))],
    })),
  };
};

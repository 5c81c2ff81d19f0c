import type { OptimumModel, Programme, Row, Solved, Solver } from './model.ts';

/** A value this near to a whole number is one. */
const WHOLE_WITHIN = 1e-6;

/** One run through the stages; `rows` grows with what the stages before have fixed. */
export type Task = {
  model: OptimumModel;
  rows: Row[];
  /** The optimum under all rows, and some that are only tried. */
  solve(minimise: readonly number[], tried?: readonly Row[]): Solved | { kind: 'fractional' };
  /** A whole number that the objective cannot go below. */
  bound(minimise: readonly number[]): number;
};

export const sum = (factors: readonly number[], values: readonly number[]): number =>
  factors.reduce((total, factor, index) => total + factor * (values[index] ?? 0), 0);

const rounded = (values: readonly number[]): number[] | undefined => {
  const near = values.map((value) => Math.round(value));
  return values.every((value, index) => Math.abs(value - (near[index] ?? 0)) < WHOLE_WITHIN)
    ? near
    : undefined;
};

/** All or at least the minimum: a switch for each line that has one, after the columns. */
const switches = ({ lines, columns }: OptimumModel): Row[] => {
  const rows: Row[] = [];
  let at = columns.length;
  for (const [index, { minimum, need }] of lines.entries()) {
    if (minimum <= 1) continue;
    const own = columns.flatMap(({ line }, column) => (line === index ? [column] : []));
    const ones = own.map(() => 1);
    rows.push({ columns: [...own, at], factors: [...ones, -minimum], least: 0 });
    rows.push({ columns: [...own, at], factors: [...ones, -need], most: 0 });
    at += 1;
  }
  return rows;
};

/**
 * @param whole with minimums and in whole numbers, which may have to be branched; else their relaxation.
 */
export const startProgramme = (model: OptimumModel, solver: Solver, whole: boolean): Task => {
  const { lines, columns, limits } = model;
  const needs = lines.map(
    ({ need }, index): Row => ({
      columns: columns.flatMap(({ line }, column) => (line === index ? [column] : [])),
      most: need,
    }),
  );
  const extra = whole ? lines.filter(({ minimum }) => minimum > 1).map(() => 1) : [];
  const rows: Row[] = [...needs, ...limits, ...(whole ? switches(model) : [])];
  const most = [...columns.map((column) => column.most), ...extra];
  const of = (minimise: readonly number[], integer: boolean, tried: readonly Row[] = []): Programme => ({
    most,
    integer,
    minimise: [...minimise, ...extra.map(() => 0)],
    rows: [...rows, ...tried],
  });
  return {
    model,
    rows,
    solve(minimise, tried) {
      const solved = solver(of(minimise, whole, tried));
      if (solved.kind === 'infeasible' || !solved.values) return solved;
      const values = rounded(solved.values.slice(0, columns.length));
      return values ? { kind: solved.kind, values } : { kind: 'fractional' };
    },
    bound(minimise) {
      const solved = solver(of(minimise, false));
      return solved.kind === 'optimal' ? Math.ceil(sum(minimise, solved.values) - WHOLE_WITHIN) : -Infinity;
    },
  };
};

import type { OptimumModel, Programme, Row, Session, Solved, Solver } from './model.ts';

/** A value this near to a whole number is one. */
const WHOLE_WITHIN = 1e-6;

/**
 * How much of the problem is put to the solver: without minimums and whole numbers; with a switch for each minimum,
 * after which the rest is whole by its structure as long as the solver gives vertices; or all in whole numbers.
 */
export type Rigour = 'relaxed' | 'switched' | 'whole';

/** One run through the stages; what each has fixed is held for those that follow. */
export type Task = {
  model: OptimumModel;
  session: Session;
  /** The optimum under all that is held. */
  solve(minimise: readonly number[]): Solved | { kind: 'fractional' };
  /** Holds an objective at a value; `isBest` when the last solution has just been proven to reach it. */
  hold(minimise: readonly number[], value: number, isBest: boolean): void;
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

const holding = (minimise: readonly number[], value: number): Row => {
  const columns = minimise.flatMap((factor, index) => (factor === 0 ? [] : [index]));
  return { columns, factors: columns.map((index) => minimise[index] ?? 0), most: value };
};

/** Nothing but leaving its columns out reaches an objective of nothing. */
const isNothing = (minimise: readonly number[], value: number): boolean =>
  value === 0 && minimise.every((factor) => factor >= 0);

const programmeOf = (model: OptimumModel, rigour: Rigour): Programme => {
  const { lines, columns, limits } = model;
  const whole = rigour !== 'relaxed';
  const needs = lines.map(({ need }): Row & { columns: number[] } => ({ columns: [], most: need }));
  for (const [column, { line }] of columns.entries()) needs[line]?.columns.push(column);
  const extra = whole ? lines.filter(({ minimum }) => minimum > 1).map(() => 1) : [];
  const most = [...columns.map((column) => column.most), ...extra];
  const first = rigour === 'switched' ? columns.length : 0;
  return {
    most,
    integers: whole ? [...most.keys()].slice(first) : [],
    rows: [...needs, ...limits, ...(whole ? switches(model) : [])],
  };
};

export const startProgramme = (model: OptimumModel, solver: Solver, rigour: Rigour): Task => {
  const programme = programmeOf(model, rigour);
  const session = solver(programme);
  const held: Row[] = [];
  const { length } = model.columns;
  const padded = (minimise: readonly number[]): number[] =>
    programme.most.map((_, index) => minimise[index] ?? 0);
  return {
    model,
    session,
    solve(minimise) {
      const solved = session.solve(padded(minimise));
      if (solved.kind === 'infeasible' || !solved.values) return solved;
      const values = rounded(solved.values.slice(0, length));
      return values ? { kind: solved.kind, values } : { kind: 'fractional' };
    },
    hold(minimise, value, isBest) {
      const row = holding(minimise, value);
      held.push(row);
      if (isNothing(minimise, value)) session.forbid(row.columns);
      else if (isBest && rigour === 'relaxed') session.keep();
      else session.add([row]);
    },
    bound(minimise) {
      const relaxed = solver({ ...programme, integers: [], rows: [...programme.rows, ...held] });
      const solved = relaxed.solve(padded(minimise));
      relaxed.end();
      return solved.kind === 'optimal' ? Math.ceil(sum(minimise, solved.values) - WHOLE_WITHIN) : -Infinity;
    },
  };
};

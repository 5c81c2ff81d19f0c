import type { OptimumModel, Programme, Row, Session, Solved, Solver } from './model.ts';

/** A value this near to a whole number is one. */
export const WHOLE_WITHIN = 1e-6;

/** Lines of which it has been decided that they get nothing, or at least their minimum. */
export type Decided = ReadonlyMap<number, 'nothing' | 'minimum'>;

/** How much of the problem is put to the solver: without minimums and whole numbers, or all of it. */
export type Rigour = { kind: 'relaxed'; decided: Decided } | { kind: 'whole' };

/** One run through the stages; what each has fixed is held for those that follow. */
export type Task = {
  model: OptimumModel;
  session: Session;
  /** The optimum under all that is held. */
  solve(minimise: readonly number[]): Solved;
  /** Holds an objective at a value; `isBest` when the last solution has just been proven to reach it. */
  hold(minimise: readonly number[], value: number, isBest: boolean): void;
  /** A whole number that the objective cannot go below. */
  bound(minimise: readonly number[]): number;
};

export const sum = (factors: readonly number[], values: readonly number[]): number =>
  factors.reduce((total, factor, index) => total + factor * (values[index] ?? 0), 0);

/** The whole numbers that the values are, or undefined when one of them is none. */
export const wholeOf = (values: readonly number[]): number[] | undefined => {
  const near = values.map((value) => Math.round(value) + 0);
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

/** Keeps an objective at a value. */
export const holding = (minimise: readonly number[], value: number): Row => {
  const columns = minimise.flatMap((factor, index) => (factor === 0 ? [] : [index]));
  return { columns, factors: columns.map((index) => minimise[index] ?? 0), most: value };
};

/** Nothing but leaving its columns out reaches an objective of nothing. */
const isNothing = (minimise: readonly number[], value: number): boolean =>
  value === 0 && minimise.every((factor) => factor >= 0);

/** What each line can have; in the order of the lines. */
export const needsOf = ({ lines, columns }: OptimumModel, rigour: Rigour): Row[] => {
  const decided = (line: number) => (rigour.kind === 'relaxed' ? rigour.decided.get(line) : undefined);
  const own = lines.map((): number[] => []);
  for (const [column, { line }] of columns.entries()) own[line]?.push(column);
  return lines.map(({ need, minimum }, line) => ({
    columns: own[line] ?? [],
    most: decided(line) === 'nothing' ? 0 : need,
    ...(decided(line) === 'minimum' && { least: minimum }),
  }));
};

const programmeOf = (model: OptimumModel, rigour: Rigour): Programme => {
  const { lines, columns, limits } = model;
  const isWhole = rigour.kind === 'whole';
  const extra = isWhole ? lines.filter(({ minimum }) => minimum > 1).map(() => 1) : [];
  const most = [...columns.map((column) => column.most), ...extra];
  return {
    most,
    integers: isWhole ? [...most.keys()] : [],
    rows: [...needsOf(model, rigour), ...limits, ...(isWhole ? switches(model) : [])],
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
      return { kind: solved.kind, values: solved.values.slice(0, length) };
    },
    hold(minimise, value, isBest) {
      const row = holding(minimise, value);
      held.push(row);
      if (isNothing(minimise, value)) session.forbid(row.columns);
      else if (isBest && rigour.kind === 'relaxed') session.keep();
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

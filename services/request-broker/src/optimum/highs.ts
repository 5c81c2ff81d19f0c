import type { Programme, Row, Session, Solved, Solver } from '@muster/domain';
import highsModule from 'highs';

// Its types are written for CommonJS, where the loader would be a property; Node loads the ES module.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];
type Highs = Awaited<ReturnType<typeof loadHighs>>;
type Model = ReturnType<Highs['createModel']>;

/** Prices nearer to nothing than this are nothing; those of whole factors are far from it. */
const PRICE_WITHIN = 1e-6;
/** Codes of HiGHS for how a model came out, and for a variable in whole numbers. */
const OPTIMAL = 7;
const INFEASIBLE = 8;
const UNBOUNDED_OR_INFEASIBLE = 9;
const TIME_LIMIT = 13;
/** Of HiGHS as well: the values keep to all rows and, where that is asked, to whole numbers. */
const FEASIBLE = 2;

const sparse = (rows: readonly Row[], numCols: number) => {
  const starts = new Int32Array(rows.length + 1);
  for (const [at, row] of rows.entries()) starts[at + 1] = (starts[at] ?? 0) + row.columns.length;
  const size = starts[rows.length] ?? 0;
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  for (const [at, { columns, factors }] of rows.entries()) {
    for (const [offset, column] of columns.entries()) {
      const place = (starts[at] ?? 0) + offset;
      indices[place] = column;
      values[place] = factors?.[offset] ?? 1;
    }
  }
  return { format: 'csr' as const, numRows: rows.length, numCols, starts, indices, values };
};

const bounds = (highs: Highs, rows: readonly Row[]) => ({
  lower: Float64Array.from(rows, ({ least }) => least ?? -highs.infinity),
  upper: Float64Array.from(rows, ({ most }) => most ?? highs.infinity),
});

const build = (highs: Highs, { most, integers, rows }: Programme): Model => {
  const { continuous, integer } = highs.constants.variableType;
  const inWhole = new Set(integers);
  const { lower, upper } = bounds(highs, rows);
  const model = highs.createModel({
    numCols: most.length,
    numRows: rows.length,
    colCost: new Float64Array(most.length),
    colLower: new Float64Array(most.length),
    colUpper: Float64Array.from(most),
    rowLower: lower,
    rowUpper: upper,
    matrix: sparse(rows, most.length),
    ...(inWhole.size > 0 && {
      integrality: Int32Array.from(most, (_, index) => (inWhole.has(index) ? integer : continuous)),
    }),
  });
  // A relaxation starts from where the last solution was left, and a presolve would throw that away.
  const presolve = inWhole.size > 0 ? 'choose' : 'off';
  model.options.set({
    ...{ output_flag: false, presolve, mip_rel_gap: 0, mip_abs_gap: 0 },
    // All factors are near to one, and a relaxation near to whole: neither of the two is worth its time.
    ...{ simplex_scale_strategy: 0, mip_heuristic_run_feasibility_jump: false },
  });
  return model;
};

/** Which of them have a price that is not nothing. */
const priced = (prices: Float64Array): Int32Array =>
  Int32Array.from([...prices.keys()].filter((at) => Math.abs(prices[at] ?? 0) > PRICE_WITHIN));

const startSession = (highs: Highs, programme: Programme, secondsLeft: () => number): Session => {
  const model = build(highs, programme);
  const { length } = programme.most;
  const all = { kind: 'range' as const, from: 0, to: length - 1 };
  const inWhole = programme.integers.length > 0;
  let rows = programme.rows.length;
  const fix = (
    at: Int32Array,
    values: Float64Array,
    change: (set: { kind: 'set'; indices: Int32Array }, lower: Float64Array, upper: Float64Array) => unknown,
  ): void => {
    if (at.length === 0) return;
    const whole = Float64Array.from(at, (index) => Math.round(values[index] ?? 0));
    change({ kind: 'set', indices: at }, whole, whole);
  };
  const run = (minimise: readonly number[]): Solved => {
    const seconds = secondsLeft();
    if (seconds <= 0) return { kind: 'stopped' };
    model.zeroAllClocks();
    model.options.set({ time_limit: seconds });
    model.changeColsCost(all, Float64Array.from(minimise));
    model.run();
    const status = model.getModelStatus();
    if (status === OPTIMAL) return { kind: 'optimal', values: [...model.getSolution().colValue] };
    // Every variable has its bounds, so that nothing is unbounded.
    if (status === INFEASIBLE || status === UNBOUNDED_OR_INFEASIBLE) return { kind: 'infeasible' };
    if (status === TIME_LIMIT) {
      const isSolution = inWhole && model.info.get('primal_solution_status') === FEASIBLE;
      return { kind: 'stopped', ...(isSolution && { values: [...model.getSolution().colValue] }) };
    }
    throw new Error(`the solver ended with status ${status}`);
  };
  return {
    solve: run,
    prices: () => [...model.getSolution().colDual],
    keep() {
      const { colDual, colValue, rowDual, rowValue } = model.getSolution();
      fix(priced(colDual), colValue, (set, lower, upper) => model.changeColsBounds(set, lower, upper));
      fix(priced(rowDual), rowValue, (set, lower, upper) => model.changeRowsBounds(set, lower, upper));
    },
    forbid(variables) {
      if (variables.length === 0) return;
      const none = new Float64Array(variables.length);
      model.changeColsBounds({ kind: 'set', indices: Int32Array.from(variables) }, none, none);
    },
    add(more) {
      const from = rows;
      rows += more.length;
      if (more.length > 0) model.addRows({ ...bounds(highs, more), matrix: sparse(more, length) });
      return from;
    },
    cap(from, most) {
      if (most.length === 0) return;
      const lower = new Float64Array(most.length).fill(-highs.infinity);
      model.changeRowsBounds(
        { kind: 'range', from, to: from + most.length - 1 },
        lower,
        Float64Array.from(most),
      );
    },
    end: () => model.dispose(),
  };
};

/**
 * Loads HiGHS, once for all programmes. It blocks its thread while it solves.
 * @returns a solver for a time limit: how long it may still take is asked before each solution.
 */
export const highsSolver = async (): Promise<(secondsLeft: () => number) => Solver> => {
  const highs = await loadHighs();
  return (secondsLeft) => (programme) => startSession(highs, programme, secondsLeft);
};

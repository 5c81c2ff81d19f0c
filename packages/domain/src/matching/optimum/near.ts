import type { Programme, Row, Solved, Solver } from './model.ts';
import { sum } from './programme.ts';

/** The share of the variables that may move in the first search for a whole solution. */
const FREE_AT_FIRST = 1 / 32;
/** How many times as many may move where those had none. */
const WIDENED_BY = 8;

/** An optimum without whole numbers, and what each unit of a variable more (or fewer, where it is at its most) costs. */
export type Priced = { values: readonly number[]; prices: readonly number[] };

/** The programme in whole numbers with some of its variables; the others stay where they are. */
const narrowed = (
  { most, rows }: Programme,
  free: readonly number[],
  fixed: readonly number[],
): Programme => {
  const place = new Map(free.map((variable, at) => [variable, at]));
  const left = rows.flatMap(({ columns, factors, least, most: upTo }): Row[] => {
    const own: number[] = [];
    const kept: number[] = [];
    let used = 0;
    for (const [at, variable] of columns.entries()) {
      const factor = factors?.[at] ?? 1;
      const to = place.get(variable);
      if (to === undefined) used += factor * (fixed[variable] ?? 0);
      else {
        own.push(to);
        kept.push(factor);
      }
    }
    if (own.length === 0) return [];
    return [
      {
        ...{ columns: own, factors: kept },
        ...(least !== undefined && { least: least - used }),
        ...(upTo !== undefined && { most: upTo - used }),
      },
    ];
  });
  return { most: free.map((variable) => most[variable] ?? 0), integers: [...free.keys()], rows: left };
};

/**
 * The best solution in whole numbers, looked for near an optimum without them. Whatever moves a variable costs at
 * least its price, so that those whose price is above what the best known solution costs more than the optimum
 * may stay where they are: the best with the others is the best of all.
 */
export const wholeNear = (
  programme: Programme,
  minimise: readonly number[],
  { values, prices }: Priced,
  solver: Solver,
): Solved => {
  const optimum = sum(minimise, values);
  const fixed = values.map((value) => Math.round(value));
  const price = (variable: number): number => Math.abs(prices[variable] ?? 0);
  const byPrice = [...programme.most.keys()]
    .filter((variable) => (programme.most[variable] ?? 0) > 0)
    .sort((a, b) => price(a) - price(b));
  const priceAt = (rank: number): number => price(byPrice[Math.min(rank, byPrice.length - 1)] ?? 0);
  let rank = Math.ceil(byPrice.length * FREE_AT_FIRST);
  let margin = priceAt(rank);
  for (;;) {
    const free = byPrice.filter((variable) => price(variable) <= margin);
    const isAll = free.length === byPrice.length;
    const session = solver(narrowed(programme, free, fixed));
    const solved = session.solve(free.map((variable) => minimise[variable] ?? 0));
    session.end();
    if (solved.kind === 'infeasible') {
      if (isAll) return solved;
      rank *= WIDENED_BY;
      margin = priceAt(rank);
      continue;
    }
    if (!solved.values) return solved;
    const found = [...fixed];
    for (const [at, variable] of free.entries()) found[variable] = Math.round(solved.values[at] ?? 0);
    if (solved.kind === 'stopped') return { kind: 'stopped', values: found };
    const over = sum(minimise, found) - optimum;
    if (over <= margin || isAll) return { kind: 'optimal', values: found };
    margin = over;
  }
};

import type { Aim, Score } from './aims.ts';
import type { OptimumModel, Programme, Row, Solver } from './model.ts';
import { wholeNear } from './near.ts';
import { type Decided, holding, needsOf, sum, WHOLE_WITHIN, wholeOf } from './programme.ts';
import type { Aimed, Met, Relaxed } from './relaxed.ts';
import { capsUnder } from './strain.ts';

/** Shares larger than the smallest possible that are tried before the bounds are given up. */
const WIDENED_MAX = 3;

/** Where a bound is all that the lines of a rank can have, each line has all that it can; otherwise they share it. */
const holdFill = (model: OptimumModel, { rank, minimise }: Aim, bound: number, needs: Row[]): Row[] => {
  const own = [...needs.keys()].filter((line) => model.lines[line]?.rank === rank);
  const reach = own.map((line) => {
    const { columns = [], most = 0 } = needs[line] ?? {};
    return Math.min(
      most,
      columns.reduce((units, column) => units + (model.columns[column]?.most ?? 0), 0),
    );
  });
  if (reach.reduce((units, each) => units + each, 0) !== -bound) return [holding(minimise, bound)];
  for (const [at, line] of own.entries()) {
    const need = needs[line];
    if (need) needs[line] = { ...need, least: Math.max(need.least ?? 0, reach[at] ?? 0) };
  }
  return [];
};

/** The relaxation under all that the stages before that of cost have met. */
const heldProgramme = ({ model, aims }: Aimed, decided: Decided, bound: Score, level: number): Programme => {
  const most = model.columns.map((column) => column.most);
  const needs = needsOf(model, { kind: 'relaxed', decided });
  const held: Row[] = [];
  for (const [at, aim] of aims.first.entries()) {
    const value = bound[at] ?? 0;
    if (aim.stage === 'fill') held.push(...holdFill(model, aim, value, needs));
    else if (value > 0) held.push(holding(aim.minimise, value));
    else for (const [column, factor] of aim.minimise.entries()) if (factor > 0) most[column] = 0;
  }
  const caps = capsUnder(model.strains, level);
  const strained = model.strains.map(({ columns }, at): Row => ({ columns, most: caps[at] ?? 0 }));
  return { most, integers: [], rows: [...needs, ...held, ...model.limits, ...strained] };
};

/**
 * The cheapest solution that meets the stages before that of cost at their bounds. Where there is none, or none in
 * whole numbers, with a larger share for the most strained: the first that then is found is the best.
 * @returns `beyond` when there is none even so: the bounds promise too much.
 */
export const cheapest = (
  aimed: Aimed,
  { bound, levels }: Met,
  solver: Solver,
  decided: Decided,
): Exclude<Relaxed, { kind: 'none' | 'split' }> | { kind: 'beyond' } => {
  const { minimise } = aimed.aims.last;
  for (const level of levels.slice(0, 1 + WIDENED_MAX)) {
    const programme = heldProgramme(aimed, decided, bound, level);
    const session = solver(programme);
    const solved = session.solve(minimise);
    const prices = solved.kind === 'optimal' ? session.prices() : [];
    session.end();
    if (solved.kind === 'infeasible') continue;
    if (solved.kind === 'stopped') return { kind: 'stopped', bound: [...bound, level] };
    const found = (values: readonly number[]): Relaxed & { kind: 'found' } => ({
      ...{ kind: 'found', values },
      score: [...bound, level, sum(minimise, values)],
    });
    const already = wholeOf(solved.values);
    if (already) return found(already);
    const near = wholeNear(programme, minimise, { values: solved.values, prices }, solver);
    if (near.kind === 'optimal') return found(near.values);
    if (near.kind === 'infeasible') continue;
    const least = Math.ceil(sum(minimise, solved.values) - WHOLE_WITHIN);
    return { ...near, bound: [...bound, level, least] };
  }
  return { kind: 'beyond' };
};

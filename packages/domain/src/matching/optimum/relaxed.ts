import { type Aims, compareScores, type Score } from './aims.ts';
import type { OptimumModel, Solver } from './model.ts';
import { type Decided, startProgramme, sum, type Task, WHOLE_WITHIN, wholeOf } from './programme.ts';
import { type Spread, spreadStrain } from './strain.ts';

/** Shares larger than the smallest possible that are tried in whole numbers before the search is left to branching. */
const WIDENED_MAX = 3;

/**
 * What came of the stages without minimums and, where that is enough, without whole numbers. `bound`: what nothing
 * can be better than, as far as it is known.
 */
export type Relaxed =
  | { kind: 'found'; values: readonly number[]; score: Score }
  /** Nothing keeps to what was decided, or nothing that is better than what is known. */
  | { kind: 'none' }
  | { kind: 'stopped'; bound: Score }
  /** No whole solution is as good as the relaxation in all stages. */
  | { kind: 'split'; bound: Score };

type Stopped = { kind: 'none' } | { kind: 'stopped' };
type Stepped = { values: readonly number[]; bound: number };

/** Meets one objective. Every objective is a whole number, so that a bound may be rounded up. */
const meet = (
  task: Task,
  minimise: readonly number[],
  before: readonly number[] | undefined,
): Stepped | Stopped => {
  if (before && sum(minimise, before) === 0 && minimise.every((factor) => factor >= 0)) {
    task.hold(minimise, 0, false);
    return { values: before, bound: 0 };
  }
  const solved = task.solve(minimise);
  if (solved.kind === 'infeasible') return { kind: 'none' };
  if (solved.kind === 'stopped') return { kind: 'stopped' };
  const value = sum(minimise, solved.values);
  const bound = Math.ceil(value - WHOLE_WITHIN);
  task.hold(minimise, bound, Math.abs(value - bound) < WHOLE_WITHIN);
  return { values: solved.values, bound };
};

/** The cheapest whole solution under all that is held; if there is none, with a larger share for the most strained. */
const cheapestWhole = (
  { session }: Task,
  minimise: readonly number[],
  spread: Spread,
): { values: readonly number[] } | { kind: 'stopped' } | { kind: 'split' } => {
  for (let widened = 0; ; widened += 1) {
    const solved = session.solveWhole(minimise);
    if (solved.kind === 'stopped') return { kind: 'stopped' };
    const values = solved.kind === 'optimal' ? wholeOf(solved.values) : undefined;
    if (values) return { values };
    if (widened === WIDENED_MAX || !spread.widen()) return { kind: 'split' };
  }
};

const throughStages = (task: Task, { first, last }: Aims, known: Score | undefined): Relaxed => {
  const bound: number[] = [];
  const isHopeless = (): boolean => known !== undefined && compareScores(bound, known) > 0;
  let values: readonly number[] | undefined;
  for (const { minimise } of first) {
    const met = meet(task, minimise, values);
    if ('kind' in met) return met.kind === 'none' ? met : { ...met, bound };
    values = met.values;
    bound.push(met.bound);
    if (isHopeless()) return { kind: 'none' };
  }
  const spread = spreadStrain(task, values ?? []);
  if (spread.unknown !== undefined) return { kind: 'stopped', bound };
  bound.push(spread.level);
  if (isHopeless()) return { kind: 'none' };
  const solved = task.solve(last.minimise);
  if (solved.kind !== 'optimal') return { kind: 'stopped', bound };
  const whole = wholeOf(solved.values);
  if (whole) return { kind: 'found', values: whole, score: [...bound, sum(last.minimise, whole)] };
  bound.push(Math.ceil(sum(last.minimise, solved.values) - WHOLE_WITHIN));
  const cheapest = cheapestWhole(task, last.minimise, spread);
  if ('kind' in cheapest) return { ...cheapest, bound };
  const score = [...bound.slice(0, first.length), spread.level, sum(last.minimise, cheapest.values)];
  return { kind: 'found', values: cheapest.values, score };
};

/**
 * The best solution under what was decided of the lines, through all stages. Each stage is a bound for every
 * solution that met the stages before it at their bounds; one that meets all of them is therefore the best.
 * @param known the score of a solution that is to be surpassed.
 */
export const solveRelaxed = (
  model: OptimumModel,
  solver: Solver,
  aims: Aims,
  decided: Decided,
  known?: Score,
): Relaxed => {
  const task = startProgramme(model, solver, { kind: 'relaxed', decided });
  try {
    return throughStages(task, aims, known);
  } finally {
    task.session.end();
  }
};

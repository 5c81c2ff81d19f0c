import { type Aims, compareScores, type Score } from './aims.ts';
import { cheapest } from './cheapest.ts';
import type { OptimumModel, Solver } from './model.ts';
import { type Decided, startProgramme, sum, type Task, WHOLE_WITHIN } from './programme.ts';
import { spreadStrain } from './strain.ts';

/** A model with its objectives. */
export type Aimed = { model: OptimumModel; aims: Aims };

/**
 * What came of the stages without minimums and, where that is enough, without whole numbers. `bound`: what nothing
 * can be better than, as far as it is known.
 */
export type Relaxed =
  | { kind: 'found'; values: readonly number[]; score: Score }
  /** Nothing keeps to what was decided, or nothing that is better than what is known. */
  | { kind: 'none' }
  /** Out of time; `values` meet all stages but the last. */
  | { kind: 'stopped'; bound: Score; values?: readonly number[] }
  /** No whole solution is as good as the relaxation in all stages. */
  | { kind: 'split'; bound: Score };

/**
 * The stages before that of cost, and what each comes to. `levels`: the smallest largest share that may be lent, and
 * the next larger ones.
 */
export type Met = { kind: 'met'; bound: Score; levels: readonly number[] };

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

const meetAll = (task: Task, { first }: Aims): Met | { kind: 'none' } | { kind: 'stopped'; bound: Score } => {
  const bound: number[] = [];
  let values: readonly number[] | undefined;
  for (const { minimise } of first) {
    const met = meet(task, minimise, values);
    if ('kind' in met) return met.kind === 'none' ? met : { ...met, bound };
    values = met.values;
    bound.push(met.bound);
  }
  const { levels, unknown } = spreadStrain(task, values ?? []);
  return unknown === undefined ? { kind: 'met', bound, levels } : { kind: 'stopped', bound };
};

/**
 * The best solution under what was decided of the lines, through all stages. Each stage is a bound for every
 * solution that met the stages before it at their bounds; one that meets all of them is therefore the best.
 * @param rough a smaller problem that no solution of the model surpasses before the stage of cost. Where it promises
 * too much, the stages are met on the model itself.
 * @param known the score of a solution that is to be surpassed.
 */
export const solveRelaxed = (
  exact: Aimed,
  rough: Aimed,
  solver: Solver,
  decided: Decided,
  known?: Score,
): Relaxed => {
  let bound: Score = [];
  for (const { model, aims } of [rough, exact]) {
    const task = startProgramme(model, solver, { kind: 'relaxed', decided });
    const met = meetAll(task, aims);
    task.session.end();
    if (met.kind !== 'met') return met;
    bound = [...met.bound, met.levels[0] ?? 0];
    if (known && compareScores(bound, known) > 0) return { kind: 'none' };
    const found = cheapest(exact, met, solver, decided);
    if (found.kind !== 'beyond') return found;
  }
  return { kind: 'split', bound };
};

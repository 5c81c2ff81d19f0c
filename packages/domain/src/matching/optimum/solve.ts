import { aimsOf, compareScores, type Score, scoreOf, stagesOf } from './aims.ts';
import { coarse } from './coarse.ts';
import { fillInTurn } from './greedy.ts';
import { withoutImplied } from './implied.ts';
import type { Optimum, OptimumModel, Solver, Stage } from './model.ts';
import { partsOf } from './parts.ts';
import type { Decided } from './programme.ts';
import { type Aimed, solveRelaxed } from './relaxed.ts';
import { solveWhole } from './whole.ts';

/** A solution and what it comes to. */
type Known = { values: readonly number[]; score: Score };

/** A line with fewer units than are of use to it, and more than none. */
const below = ({ lines, columns }: OptimumModel, values: readonly number[]): number | undefined => {
  const filled = lines.map(() => 0);
  for (const [index, { line }] of columns.entries())
    filled[line] = (filled[line] ?? 0) + (values[index] ?? 0);
  const found = lines.findIndex(({ minimum }, index) => {
    const units = filled[index] ?? 0;
    return units > 0 && units < minimum;
  });
  return found < 0 ? undefined : found;
};

/** The better of what is known and of what was found, which counts only if it keeps to the minimums. */
const betterOf = (
  { model, aims }: Aimed,
  known: Known | undefined,
  values: readonly number[],
): Known | undefined => {
  if (below(model, values) !== undefined) return known;
  const score = scoreOf(model, aims, values);
  return known && compareScores(known.score, score) <= 0 ? known : { values, score };
};

/** What a search through the minimums has found so far. */
type Search = { best?: Known; bound?: Score; isSplit: boolean; isStopped: boolean };

/**
 * Decides one line after another that has too few units: it gets its minimum, or nothing. What the relaxation reaches
 * under some decisions bounds all that is reached under more of them.
 */
const decide = (exact: Aimed, rough: Aimed, solver: Solver, search: Search, decided: Decided): void => {
  const found = solveRelaxed(exact, rough, solver, decided, search.best?.score);
  if (found.kind === 'none') return;
  search.bound ??= found.kind === 'found' ? found.score : found.bound;
  if (found.kind === 'stopped') {
    search.isStopped = true;
    if (found.values) search.best = betterOf(exact, search.best, found.values);
  }
  if (found.kind === 'split') search.isSplit = true;
  if (found.kind !== 'found') return;
  const { values, score } = found;
  if (search.best && compareScores(score, search.best.score) >= 0) return;
  const line = below(exact.model, values);
  if (line === undefined) {
    search.best = { values, score };
    return;
  }
  for (const what of ['minimum', 'nothing'] as const) {
    decide(exact, rough, solver, search, new Map(decided).set(line, what));
    if (search.best && compareScores(score, search.best.score) === 0) return;
  }
};

/**
 * Without minimums and without whole numbers the problem is a relaxation, and mostly its best solution is one of the
 * problem itself. Where it is not, minimums are decided line by line; only what then still splits units is left to
 * the solver in whole numbers, stage by stage. Out of time, the best that is known is kept.
 */
const solvePart = (model: OptimumModel, solver: Solver): Optimum => {
  const aims = aimsOf(model);
  const exact = { model, aims };
  const smaller = coarse(model);
  const rough = { model: smaller, aims: aimsOf(smaller) };
  const search: Search = { isSplit: false, isStopped: false };
  decide(exact, rough, solver, search, new Map());
  const { best, bound = [] } = search;
  if (best && !search.isSplit && !search.isStopped) {
    return { values: best.values, stages: stagesOf(aims, best.score, best.score) };
  }
  if (search.isSplit && !search.isStopped) return solveWhole(model, solver, aims);
  const kept = betterOf(exact, best, fillInTurn(model));
  if (!kept) throw new Error('what is filled in turn keeps to the minimums');
  return { values: kept.values, stages: stagesOf(aims, kept.score, bound) };
};

const keyOf = ({ stage, rank }: Stage): string => `${stage}/${rank ?? ''}`;
const ORDER = ['fill', 'lateness', 'strain', 'cost'];

const added = (a: Stage, b: Stage): Stage => ({
  ...a,
  value: a.stage === 'strain' ? Math.max(a.value, b.value) : a.value + b.value,
  gap: Math.max(a.gap, b.gap),
});

/** Adds up the parts; of the strain the largest counts. */
const merge = (all: readonly Stage[]): Stage[] =>
  [...Map.groupBy(all, keyOf).values()]
    .map((same) => same.reduce(added))
    .sort((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || (a.rank ?? 0) - (b.rank ?? 0));

/**
 * The best assignment: most units for the lines of the first rank, then of the next; then least lateness;
 * then the smallest largest share that any donor lends; then least cost. Parts that share no line and no donor
 * are solved by themselves, so that a strained donor of one code does not excuse strain in another.
 */
export const solveOptimum = (model: OptimumModel, solver: Solver): Optimum => {
  const values = model.columns.map(() => 0);
  const stages: Stage[] = [];
  for (const part of partsOf(withoutImplied(model))) {
    const found = solvePart(part.model, solver);
    for (const [at, index] of part.columns.entries()) values[index] = found.values[at] ?? 0;
    stages.push(...found.stages);
  }
  return { values, stages: merge(stages) };
};

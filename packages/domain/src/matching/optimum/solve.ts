import { withoutImplied } from './implied.ts';
import type { Optimum, OptimumModel, Solver, Stage } from './model.ts';
import { partsOf } from './parts.ts';
import { type Rigour, startProgramme, sum, type Task } from './programme.ts';
import { spreadStrain } from './strain.ts';

/** What one stage found: the best values so far, and how good they are known to be. */
type Found = { values: readonly number[]; value: number; gap: number; isSolved: boolean };

/**
 * Meets one objective and holds it for the stages that follow. Every objective is a whole number, so a bound
 * from the relaxation may be rounded up.
 * @returns undefined when the relaxation has no whole solution at this vertex.
 */
const meet = (task: Task, minimise: readonly number[], before: readonly number[]): Found | undefined => {
  const known = sum(minimise, before);
  if (known === 0 && minimise.every((factor) => factor >= 0)) {
    return { values: before, value: 0, gap: 0, isSolved: false };
  }
  const solved = task.solve(minimise);
  if (solved.kind === 'fractional') return undefined;
  if (solved.kind === 'optimal') {
    return { values: solved.values, value: sum(minimise, solved.values), gap: 0, isSolved: true };
  }
  const found = solved.kind === 'stopped' && solved.values ? solved.values : before;
  const values = sum(minimise, found) < known ? found : before;
  const value = sum(minimise, values);
  const gap = Math.max(0, value - task.bound(minimise)) / Math.max(1, Math.abs(value));
  return { values, value, gap, isSolved: false };
};

type Aim = { stage: Stage['stage']; rank?: number; sign: 1 | -1; minimise: readonly number[] };

const aimsOf = ({ lines, columns }: OptimumModel): { first: Aim[]; last: Aim } => {
  const ranks = [...new Set(lines.map(({ rank }) => rank))].sort((a, b) => a - b);
  const fills = ranks.map(
    (rank): Aim => ({
      ...{ stage: 'fill', rank, sign: -1 },
      minimise: columns.map(({ line }) => (lines[line]?.rank === rank ? -1 : 0)),
    }),
  );
  const lateness: Aim = { stage: 'lateness', sign: 1, minimise: columns.map((each) => each.lateMinutes) };
  const cost: Aim = { stage: 'cost', sign: 1, minimise: columns.map((each) => each.costPence) };
  return { first: [...fills, lateness], last: cost };
};

const throughStages = (task: Task): Optimum | undefined => {
  const { model } = task;
  const { first, last } = aimsOf(model);
  const stages: Stage[] = [];
  let values: readonly number[] = model.columns.map(() => 0);
  const take = ({ stage, rank, sign, minimise }: Aim): boolean => {
    const found = meet(task, minimise, values);
    if (!found) return false;
    values = found.values;
    task.hold(minimise, found.value, found.isSolved);
    stages.push({
      stage,
      ...(rank !== undefined && { rank }),
      value: sign * found.value + 0,
      gap: found.gap,
    });
    return true;
  };
  for (const aim of first) if (!take(aim)) return undefined;
  const spread = spreadStrain(task, values);
  if (!spread) return undefined;
  values = spread.values;
  stages.push({ stage: 'strain', value: spread.level, gap: spread.gap });
  return take(last) ? { values, stages } : undefined;
};

const inOrder = (model: OptimumModel, solver: Solver, rigour: Rigour): Optimum | undefined => {
  const task = startProgramme(model, solver, rigour);
  try {
    return throughStages(task);
  } finally {
    task.session.end();
  }
};

const meetsMinimums = ({ lines, columns }: OptimumModel, values: readonly number[]): boolean => {
  const filled = lines.map(() => 0);
  for (const [index, { line }] of columns.entries())
    filled[line] = (filled[line] ?? 0) + (values[index] ?? 0);
  return lines.every(({ minimum }, index) => filled[index] === 0 || (filled[index] ?? 0) >= minimum);
};

/**
 * Without minimums and without whole numbers the problem is a relaxation: where its best solution, stage by
 * stage, is whole and meets the minimums, it is the best of the problem itself. Otherwise it is branched, on as
 * little as will do.
 */
const solvePart = (model: OptimumModel, solver: Solver): Optimum => {
  const relaxed = inOrder(model, solver, 'relaxed');
  if (relaxed && meetsMinimums(model, relaxed.values)) return relaxed;
  const best = inOrder(model, solver, 'switched') ?? inOrder(model, solver, 'whole');
  if (!best) throw new Error('a programme of whole numbers had a solution that was not whole');
  return best;
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

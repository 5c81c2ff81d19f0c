import type { Aims } from './aims.ts';
import { fillInTurn } from './greedy.ts';
import type { Optimum, OptimumModel, Solver, Stage } from './model.ts';
import { startProgramme, sum, type Task, wholeOf } from './programme.ts';
import { spreadStrain, strainOf } from './strain.ts';

/** What one stage found: the best values so far, and how good they are known to be. */
type Found = { values: readonly number[]; value: number; gap: number };

/** Meets one objective in whole numbers and holds it for the stages that follow. */
const meet = (task: Task, minimise: readonly number[], before: readonly number[]): Found => {
  const known = sum(minimise, before);
  const solved = task.solve(minimise);
  const found = 'values' in solved && solved.values ? wholeOf(solved.values) : undefined;
  const values = found && sum(minimise, found) <= known ? found : before;
  const value = sum(minimise, values);
  const isBest = solved.kind === 'optimal' && found !== undefined;
  const gap = isBest ? 0 : Math.max(0, value - task.bound(minimise)) / Math.max(1, Math.abs(value));
  task.hold(minimise, value, false);
  return { values, value, gap };
};

/**
 * All of a problem in whole numbers with a switch for each minimum, stage by stage: for the few problems whose
 * relaxation splits units.
 */
export const solveWhole = (model: OptimumModel, solver: Solver, { first, last }: Aims): Optimum => {
  const task = startProgramme(model, solver, { kind: 'whole' });
  const stages: Stage[] = [];
  let values: readonly number[] = fillInTurn(model);
  const take = ({ stage, rank, sign, minimise }: Aims['last']): void => {
    const found = meet(task, minimise, values);
    values = found.values;
    stages.push({
      ...{ stage, ...(rank !== undefined && { rank }) },
      ...{ value: sign * found.value + 0, gap: found.gap },
    });
  };
  try {
    for (const aim of first) take(aim);
    const spread = spreadStrain(task, values);
    values = wholeOf(spread.values) ?? values;
    const level = strainOf(model.strains, values);
    const gap = spread.unknown === undefined || level === 0 ? 0 : (level - spread.unknown) / level;
    stages.push({ stage: 'strain', value: level, gap });
    take(last);
    return { values, stages };
  } finally {
    task.session.end();
  }
};

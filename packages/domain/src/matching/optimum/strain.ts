import type { Strain } from './model.ts';
import type { Task } from './programme.ts';

/** Keeps a share that is exactly reached from being missed by the last bit. */
const SHARE_WITHIN = 1e-9;

/** Units of these columns that go out in this plan. */
export const lendsOn = ({ columns }: Strain, values: readonly number[]): number =>
  columns.reduce((total, column) => total + (values[column] ?? 0), 0);

/** The largest share that any donor who lends in this plan has lent at any instant. */
export const strainOf = (strains: readonly Strain[], values: readonly number[]): number =>
  strains.reduce((level, strain) => {
    const lends = lendsOn(strain, values);
    return lends === 0 ? level : Math.max(level, (strain.lent + lends) / strain.gross);
  }, 0);

/** How many units may go out on each strain's columns under a level. */
const capsUnder = (strains: readonly Strain[], level: number): number[] =>
  strains.map(({ lent, gross }) => Math.max(0, Math.floor(level * gross + SHARE_WITHIN) - lent));

const levelsUpTo = (strains: readonly Strain[], top: number): number[] => {
  const levels = new Set<number>([0]);
  for (const { lent, gross } of strains) {
    for (let units = lent + 1; units / gross < top; units += 1) levels.add(units / gross);
  }
  return [...levels].sort((a, b) => a - b);
};

export type Spread = { values: readonly number[]; level: number; gap: number };

/**
 * Finds the smallest largest share by halving: only shares that whole units can make are possible, and each
 * is tried as caps on whole units, so that nothing has to be branched for it. The caps stay for what follows.
 * @returns undefined when a relaxation has no whole solution.
 */
export const spreadStrain = (task: Task, before: readonly number[]): Spread | undefined => {
  const { session, model } = task;
  const { strains, columns } = model;
  const nothing = columns.map(() => 0);
  if (strains.length === 0) return { values: before, level: 0, gap: 0 };
  let values = before;
  let level = strainOf(strains, values);
  const levels = levelsUpTo(strains, level);
  const from = session.add(
    capsUnder(strains, level).map((most, at) => ({ columns: strains[at]?.columns ?? [], most })),
  );
  let low = 0;
  let high = levels.length;
  let unknown: number | undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tried = levels[middle] ?? 0;
    session.cap(from, capsUnder(strains, tried));
    const solved = task.solve(nothing);
    if (solved.kind === 'fractional') return undefined;
    if (solved.kind !== 'infeasible' && solved.values) {
      values = solved.values;
      level = strainOf(strains, values);
      high = middle;
    } else {
      if (solved.kind === 'stopped') unknown ??= tried;
      low = middle + 1;
    }
  }
  const gap = unknown === undefined || level === 0 ? 0 : (level - unknown) / level;
  session.cap(from, capsUnder(strains, level));
  return { values, level, gap };
};

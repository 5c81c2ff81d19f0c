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
export const capsUnder = (strains: readonly Strain[], level: number): number[] =>
  strains.map(({ lent, gross }) => Math.max(0, Math.floor(level * gross + SHARE_WITHIN) - lent));

/** The shares that whole units can make, up to one that these values keep to. */
const levelsFor = (strains: readonly Strain[], values: readonly number[]): number[] => {
  const top = strains.reduce((level, strain) => {
    const lends = Math.ceil(lendsOn(strain, values) - SHARE_WITHIN);
    return lends <= 0 ? level : Math.max(level, (strain.lent + lends) / strain.gross);
  }, 0);
  const levels = new Set<number>([0, top]);
  for (const { lent, gross } of strains) {
    for (let units = lent + 1; units / gross < top; units += 1) levels.add(units / gross);
  }
  return [...levels].sort((a, b) => a - b);
};

/** The smallest largest share that could be reached, the larger ones after it, and values that keep to it. */
export type Spread = {
  values: readonly number[];
  levels: readonly number[];
  /** The smallest level that could not be tried for want of time. */
  unknown?: number;
};

/**
 * Finds the smallest largest share by halving: only shares that whole units can make are possible, and each
 * is tried as caps on whole units, so that nothing has to be branched for it. The caps stay for what follows.
 */
export const spreadStrain = (task: Task, before: readonly number[]): Spread => {
  const { session, model } = task;
  const { strains, columns } = model;
  const nothing = columns.map(() => 0);
  if (strains.length === 0) return { values: before, levels: [0] };
  const levels = levelsFor(strains, before);
  let values = before;
  let low = 0;
  let high = levels.length - 1;
  const from = session.add(
    capsUnder(strains, levels[high] ?? 0).map((most, at) => ({ columns: strains[at]?.columns ?? [], most })),
  );
  let unknown: number | undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tried = levels[middle] ?? 0;
    session.cap(from, capsUnder(strains, tried));
    const solved = task.solve(nothing);
    if (solved.kind !== 'infeasible' && solved.values) {
      values = solved.values;
      high = middle;
    } else {
      if (solved.kind === 'stopped') unknown ??= tried;
      low = middle + 1;
    }
  }
  session.cap(from, capsUnder(strains, levels[high] ?? 0));
  return { values, levels: levels.slice(high), ...(unknown !== undefined && { unknown }) };
};

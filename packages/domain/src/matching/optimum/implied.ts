import type { Limit, OptimumModel, Strain } from './model.ts';

type Rows = { columns: readonly number[] };

/** Whether all of the one are in the other, in the same order. */
const isWithin = (inner: readonly number[], outer: readonly number[]): boolean => {
  if (inner.length > outer.length) return false;
  let at = 0;
  for (const column of inner) {
    while (at < outer.length && outer[at] !== column) at += 1;
    if (at === outer.length) return false;
    at += 1;
  }
  return true;
};

/**
 * Rows that the one before or after them does not imply. Rows of one capability come in the order of time, and
 * what is wanted of it grows and shrinks from one to the next, so only the peaks are left.
 */
const peaks = <T extends Rows>(rows: readonly T[], isNoTighter: (row: T, than: T) => boolean): T[] => {
  const implies = (by: T | undefined, row: T): boolean =>
    by !== undefined && isNoTighter(row, by) && isWithin(row.columns, by.columns);
  return rows.filter((row, at) => {
    if (implies(rows[at + 1], row)) return false;
    const before = rows[at - 1];
    // Of two that imply each other the later one has stayed.
    return !implies(before, row) || (before !== undefined && implies(row, before));
  });
};

const isNoTighterLimit = (row: Limit, than: Limit): boolean => row.most >= than.most;

const isNoTighterStrain = (row: Strain, than: Strain): boolean =>
  row.lent <= than.lent && row.gross >= than.gross;

/** The same problem without the rows that others imply. */
export const withoutImplied = (model: OptimumModel): OptimumModel => ({
  ...model,
  limits: peaks(model.limits, isNoTighterLimit),
  strains: peaks(model.strains, isNoTighterStrain),
});

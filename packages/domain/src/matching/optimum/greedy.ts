import type { OptimumColumn, OptimumModel } from './model.ts';

type Order = (a: number, b: number) => number;

/** What arrives first, then what costs least. */
const soonest =
  (columns: readonly OptimumColumn[]): Order =>
  (a, b) => {
    const [one, other] = [columns[a], columns[b]];
    if (!one || !other) return 0;
    return one.lateMinutes - other.lateMinutes || one.costPence - other.costPence;
  };

/** Units that may still go out on a column. */
const roomOn = (
  model: OptimumModel,
  left: readonly number[],
  limits: readonly number[],
  column: number,
): number =>
  limits.reduce((room, limit) => Math.min(room, left[limit] ?? 0), model.columns[column]?.most ?? 0);

/**
 * Fills one line after the other, the most urgent first, from the columns in an order. It keeps to all limits and
 * minimums and is the best of nothing: a start where time runs out, and what an optimum is compared with.
 */
export const fillInTurn = (model: OptimumModel, order: Order = soonest(model.columns)): number[] => {
  const { lines, columns, limits } = model;
  const values = columns.map(() => 0);
  const left = limits.map(({ most }) => most);
  const limitsOf = columns.map((): number[] => []);
  for (const [limit, { columns: own }] of limits.entries())
    for (const column of own) limitsOf[column]?.push(limit);
  const ofLine = lines.map((): number[] => []);
  for (const [column, { line }] of columns.entries()) ofLine[line]?.push(column);
  const move = (column: number, units: number): void => {
    values[column] = (values[column] ?? 0) + units;
    for (const limit of limitsOf[column] ?? []) left[limit] = (left[limit] ?? 0) - units;
  };
  const inTurn = [...lines.keys()].sort((a, b) => (lines[a]?.rank ?? 0) - (lines[b]?.rank ?? 0));
  for (const line of inTurn) {
    const { need, minimum } = lines[line] ?? { need: 0, minimum: 0 };
    let lacks = need;
    const own = (ofLine[line] ?? []).sort(order);
    for (const column of own) {
      if (lacks === 0) break;
      const units = Math.min(lacks, roomOn(model, left, limitsOf[column] ?? [], column));
      move(column, units);
      lacks -= units;
    }
    if (need - lacks < minimum) for (const column of own) move(column, -(values[column] ?? 0));
  }
  return values;
};

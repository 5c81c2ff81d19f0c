import type { OptimumModel, Stage } from './model.ts';
import { sum } from './programme.ts';
import { strainOf } from './strain.ts';

/** One objective that is a sum over the columns; `sign` makes what is minimised what people read. */
export type Aim = { stage: Stage['stage']; rank?: number; sign: 1 | -1; minimise: readonly number[] };

/** The objectives before and after that of strain, in the order in which they are met. */
export type Aims = { first: readonly Aim[]; last: Aim };

export const aimsOf = ({ lines, columns }: OptimumModel): Aims => {
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

/** What every objective comes to, in their order, each the better the smaller. */
export type Score = readonly number[];

export const scoreOf = (model: OptimumModel, { first, last }: Aims, values: readonly number[]): Score => [
  ...first.map(({ minimise }) => sum(minimise, values)),
  strainOf(model.strains, values),
  sum(last.minimise, values),
];

/** Scores nearer to each other than this are the same: all are whole numbers but the shares of strain. */
const SAME_WITHIN = 1e-9;

/** Below 0 when `a` is better than `b`, by the first objective in which they differ; as far as both are known. */
export const compareScores = (a: Score, b: Score): number => {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? value);
    if (Math.abs(difference) > SAME_WITHIN) return difference;
  }
  return 0;
};

const stageAt = ({ first, last }: Aims, at: number): Omit<Stage, 'value' | 'gap'> & { sign: 1 | -1 } =>
  first[at] ?? (at === first.length ? { stage: 'strain', sign: 1 } : last);

/**
 * The score for people, each objective with its gap to a bound that no solution passes. Where an earlier objective
 * is not met at its bound, the bounds of the later ones say nothing any more.
 */
export const stagesOf = (aims: Aims, score: Score, bound: Score): Stage[] => {
  let isMet = true;
  return score.map((value, at) => {
    const { stage, rank, sign } = stageAt(aims, at);
    const least = bound[at];
    const difference = least === undefined || !isMet ? Infinity : value - least;
    const gap =
      difference <= SAME_WITHIN
        ? 0
        : difference / Math.max(at === aims.first.length ? value : 1, Math.abs(value));
    if (gap > 0) isMet = false;
    return { stage, ...(rank !== undefined && { rank }), value: sign * value + 0, gap };
  });
};

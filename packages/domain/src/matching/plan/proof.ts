import { type PlanObjective, urgency } from '@muster/contracts';
import type { Stage } from '../optimum/model.ts';
import type { Problem } from '../optimum/problem.ts';
import { lendsOn } from '../optimum/strain.ts';

/** Shares this near to each other are the same. */
const SHARE_WITHIN = 1e-9;

type Proof = PlanObjective['proof'];

const proofOf = (gap: number): Proof => {
  if (gap === 0) return { kind: 'optimal' };
  return Number.isFinite(gap) ? { kind: 'within', gap } : { kind: 'unknown' };
};

const inWords = (proof: Proof): string => {
  switch (proof.kind) {
    case 'optimal':
      return 'proven to be the best';
    case 'within':
      return `time ran out; at most ${Math.ceil(proof.gap * 100)} % from the best there can be`;
    case 'unknown':
      return 'time ran out; how far it is from the best is not known';
  }
};

const UNITS = {
  fill: 'units',
  lateness: 'unit minutes late',
  strain: 'share of a donor lent',
  cost: 'pence',
} as const satisfies Record<Stage['stage'], PlanObjective['unit']>;

/** The donor and code that lends the largest share. */
const mostStrained = (
  { model, columns }: Problem,
  values: readonly number[],
  level: number,
): PlanObjective['at'] => {
  if (level === 0) return undefined;
  const strain = model.strains.find((each) => {
    const lends = lendsOn(each, values);
    return lends > 0 && (each.lent + lends) / each.gross > level - SHARE_WITHIN;
  });
  const [first] = strain?.columns ?? [];
  const column = first === undefined ? undefined : columns[first];
  if (!column) return undefined;
  const { force: donor, code: capabilityCode } = column.source.advert.data;
  return { donor, capabilityCode };
};

const neededBy = ({ model }: Problem, rank: number | undefined): number =>
  model.lines.reduce((sum, line) => (line.rank === rank ? sum + line.need : sum), 0);

/** Every objective of the problem; one for which nothing could be done is met at nothing. */
const allStages = ({ model }: Problem, found: readonly Stage[]): Stage[] => {
  const ranks = [...new Set(model.lines.map(({ rank }) => rank))].sort((a, b) => a - b);
  const fills = ranks.map(
    (rank): Stage =>
      found.find((each) => each.stage === 'fill' && each.rank === rank) ?? {
        ...{ stage: 'fill', rank, value: 0, gap: 0 },
      },
  );
  const others = (['lateness', 'strain', 'cost'] as const).map(
    (stage): Stage => found.find((each) => each.stage === stage) ?? { stage, value: 0, gap: 0 },
  );
  return [...fills, ...others];
};

/** What a solution reaches, in the order in which it was asked for, and how sure it is that no more can be. */
export const objectivesOf = (
  problem: Problem,
  values: readonly number[],
  stages: readonly Stage[],
): PlanObjective[] =>
  allStages(problem, stages).map(({ stage, rank, value, gap }) => {
    const proof = proofOf(gap);
    const ofRank = rank === undefined ? undefined : urgency.options[rank];
    const at = stage === 'strain' ? mostStrained(problem, values, value) : undefined;
    return {
      term: stage,
      ...(ofRank && { urgency: ofRank }),
      value,
      unit: UNITS[stage],
      ...(stage === 'fill' && { outOf: neededBy(problem, rank) }),
      ...(at && { at }),
      proof,
      inWords: inWords(proof),
    };
  });

import type { PlannedAssignment, PlannedLine, PlanView } from '@muster/contracts';
import type { Optimum } from '../optimum/model.ts';
import type { Problem, ProblemColumn } from '../optimum/problem.ts';
import { shownTravel } from '../travel.ts';
import { objectivesOf } from './proof.ts';
import { countedReasons, leftOutOf, type Told, toldOf } from './shortfall.ts';

/** The part of a plan that follows from the problem and its solution alone. */
export type Proposal = Pick<PlanView, 'assignments' | 'lines' | 'objectives' | 'isOptimal' | 'inWords'>;

export type ProposalOptions = {
  /** Whether the one who asks may know of a capability that is left out. */
  isKnown(donor: string, capabilityId: string): boolean;
  /** Capabilities named for each line that stays short. */
  leftOutLimit: number;
};

const plannedOf = (
  { line: { host, requestId, line }, source }: ProblemColumn,
  quantity: number,
  lateMinutes: number,
): PlannedAssignment => {
  const { advert, offerId, arrival, travel, cost } = source;
  const { force: donor, capabilityId, code: capabilityCode } = advert.data;
  return {
    ...{ host, requestId, lineId: line.lineId, donor, capabilityId, quantity },
    ...(offerId !== undefined && { offerId }),
    ...{ capabilityCode, arrival },
    ...(travel && { travel: shownTravel(travel) }),
    lateMinutes,
    costPence: cost.pence * quantity,
    costBasis: cost.isAssumed ? 'assumed' : 'estimate',
  };
};

const linesOf = (problem: Problem, told: Told, { isKnown, leftOutLimit }: ProposalOptions): PlannedLine[] =>
  problem.lines.map((each) => {
    const { host, requestId, line, need, urgency } = each;
    const { lineId, capabilityCode, from, to } = line;
    const assigned = (told.ofLine.get(each) ?? []).reduce((sum, at) => sum + (told.values[at] ?? 0), 0);
    const rows = assigned < need ? leftOutOf(problem, told, each, isKnown) : [];
    return {
      ...{ host, requestId, lineId, capabilityCode, urgency, from, to },
      ...{ needed: need, assigned, unfilled: need - assigned },
      why: countedReasons(rows),
      leftOut: rows.slice(0, leftOutLimit),
      leftOutTotal: rows.length,
    };
  });

const byLineAndArrival = (problem: Problem, values: readonly number[]): PlannedAssignment[] => {
  const order = new Map(problem.lines.map((line, at) => [line, at]));
  return problem.columns
    .flatMap((column, at) => {
      const quantity = values[at] ?? 0;
      if (quantity === 0) return [];
      const planned = plannedOf(column, quantity, problem.model.columns[at]?.lateMinutes ?? 0);
      return [{ planned, place: order.get(column.line) ?? 0 }];
    })
    .sort((a, b) => a.place - b.place || (a.planned.arrival < b.planned.arrival ? -1 : 1))
    .map(({ planned }) => planned);
};

/** A solution as a coordinator reads and approves it: line by line, what arrives first before the rest. */
export const proposalOf = (
  problem: Problem,
  { values, stages }: Optimum,
  options: ProposalOptions,
): Proposal => {
  const objectives = objectivesOf(problem, values, stages);
  const isOptimal = objectives.every(({ proof }) => proof.kind === 'optimal');
  return {
    assignments: byLineAndArrival(problem, values),
    lines: linesOf(problem, toldOf(problem, values, isOptimal), options),
    objectives,
    isOptimal,
    inWords: isOptimal
      ? 'Proven: no plan is better by these objectives in their order.'
      : 'Not proven to be the best: time ran out. Each objective says how far it may be; give it more time, or fewer requests.',
  };
};

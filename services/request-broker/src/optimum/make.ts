import {
  byRoads,
  maySeeAdvert,
  problemOf,
  proposalOf,
  type Solver,
  solveOptimum,
  viewOfFacts,
} from '@muster/domain';
import type { PlanJob, PlanMade } from './job.ts';

/** Milliseconds of a clock that only goes forward. */
type Elapsed = () => number;

/**
 * States the problem, solves it and tells the solution. Blocks its thread.
 * @param solverFor a solver that looks at how many seconds are left.
 */
export const makePlan = (
  { facts, now, roads = [], org, without, by, timeLimitMs, leftOutLimit }: PlanJob,
  solverFor: (secondsLeft: () => number) => Solver,
  elapsed: Elapsed,
): PlanMade => {
  const start = elapsed();
  const view = viewOfFacts(facts);
  const problem = problemOf(view, facts.requests, {
    now,
    travel: byRoads(roads),
    ...(without && { without }),
    ...(by !== undefined && { by }),
  });
  const stated = elapsed();
  const optimum = solveOptimum(
    problem.model,
    solverFor(() => (stated + timeLimitMs - elapsed()) / 1_000),
  );
  const solved = elapsed();
  const proposal = proposalOf(problem, optimum, {
    leftOutLimit,
    isKnown: (donor, capabilityId) => {
      const advert = view.advert(donor, capabilityId);
      return advert !== undefined && maySeeAdvert(org, advert.data);
    },
  });
  return { proposal, statedInMs: stated - start, solvedInMs: solved - stated };
};

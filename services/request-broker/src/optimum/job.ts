import type { PlanFacts, Proposal, Road } from '@muster/domain';

/** One plan to be made, as plain data. */
export type PlanJob = {
  facts: PlanFacts;
  now: string;
  /** Those that were looked up; other ways go by the straight line. */
  roads?: readonly Road[];
  /** Who asks; what it may not know of is not told. */
  org: string;
  without?: readonly string[];
  by?: string;
  timeLimitMs: number;
  leftOutLimit: number;
};

/** What came of a job. Times are in milliseconds. */
export type PlanMade = { proposal: Proposal; statedInMs: number; solvedInMs: number };

import type { PlanFacts, Proposal } from '@muster/domain';

/** One plan to be made, as plain data. */
export type PlanJob = {
  facts: PlanFacts;
  now: string;
  /** Who asks; what it may not know of is not told. */
  org: string;
  without?: readonly string[];
  by?: string;
  timeLimitMs: number;
  leftOutLimit: number;
};

/** What came of a job. Times are in milliseconds. */
export type PlanMade = { proposal: Proposal; statedInMs: number; solvedInMs: number };

import { z } from 'zod';
import { urgency } from '../codes.ts';
import { RECIPIENTS_MAX } from '../limits.ts';
import { planAssignment } from '../request/calls.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { capabilityCode, forceId, name, orgId, quantity } from '../values.ts';
import { travelEstimate } from './matching.ts';

/** Requests that one plan may be limited to; without a limit it is for all that are open. */
export const PLAN_REQUESTS_MAX = 200;
/** Longest that a plan may be looked for, in milliseconds. */
export const PLAN_TIME_LIMIT_MS_MAX = 15_000;
/** Shortest, in milliseconds: below it no plan of any size is found. */
export const PLAN_TIME_LIMIT_MS_MIN = 100;
/** How long a plan is looked for unless told otherwise, in milliseconds: a caller waits five seconds for an answer. */
const PLAN_TIME_LIMIT_MS_DEFAULT = 3_000;
/** Capabilities told for each short line, with why they are left out, unless told otherwise; and the most. */
const PLAN_LEFT_OUT_DEFAULT = 5;
export const PLAN_LEFT_OUT_MAX = 100;

const planQuery = z.object({
  /** The requests to plan for; none: all open ones that the asking organisation coordinates. */
  requestIds: z.array(commandId).min(1).max(PLAN_REQUESTS_MAX).optional(),
  /** Forces that the plan has to do without. */
  without: z.array(forceId).max(RECIPIENTS_MAX).optional(),
  /** Units that would arrive after this instant are left out. */
  by: instant.optional(),
  /** How long the best plan may be looked for. When it is not proven by then, the answer says so. */
  timeLimitMs: z
    .int()
    .min(PLAN_TIME_LIMIT_MS_MIN)
    .max(PLAN_TIME_LIMIT_MS_MAX)
    .default(PLAN_TIME_LIMIT_MS_DEFAULT),
  /** Capabilities named for each line that stays short, with why they are left out. */
  leftOutLimit: z.int().min(0).max(PLAN_LEFT_OUT_MAX).default(PLAN_LEFT_OUT_DEFAULT),
});

/** What one capability is to do, and what comes of it; the first fields are what an approval sends back. */
export const plannedAssignment = planAssignment.extend({
  capabilityCode,
  /** When the units are expected. */
  arrival: instant,
  /** Time on the road that the arrival of a call counts with; an offer says itself when its units arrive. */
  travel: travelEstimate.optional(),
  /** Whole minutes after the start of the line; 0 when they are in time. */
  lateMinutes: z.int().min(0),
  /** Pence sterling for all the units, as the donor estimates, or assumed where it has not. */
  costPence: z.int().min(0),
  costBasis: z.enum(['estimate', 'assumed']),
});
export type PlannedAssignment = z.infer<typeof plannedAssignment>;

/** Why a capability does no more for a line. Stable codes; `because` is for people. */
const planReason = z.object({ code: z.string(), because: z.string() });

/** A line that was short, and what the plan does about it. Quantities are units. */
export const plannedLine = z.object({
  host: orgId,
  requestId: commandId,
  lineId: token,
  capabilityCode,
  urgency,
  from: instant,
  to: instant,
  /** What the line lacked before the plan. */
  needed: quantity,
  assigned: z.int().min(0),
  unfilled: z.int().min(0),
  /** For a line that stays short: how many capabilities each reason stands against, most first. */
  why: z.array(z.object({ code: z.string(), capabilities: z.int().min(1) })),
  /** For a line that stays short: the first of them, those with fewest reasons first. */
  leftOut: z.array(z.object({ donor: forceId, capabilityId: token, reasons: z.array(planReason) })),
  leftOutTotal: z.int().min(0),
});
export type PlannedLine = z.infer<typeof plannedLine>;

/** How sure it is that an objective cannot be met better. */
const planProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('optimal') }),
  /** Time ran out: at most this share of the value lies between it and the best there can be. */
  z.object({ kind: z.literal('within'), gap: z.number().min(0) }),
  /** Time ran out before anything was known of the best. */
  z.object({ kind: z.literal('unknown') }),
]);

/** One objective, in the order in which they are met, in its named unit. */
export const planObjective = z.object({
  term: z.enum(['fill', 'lateness', 'strain', 'cost']),
  /** Of `fill`: the lines that it counts. */
  urgency: urgency.optional(),
  value: z.number(),
  unit: z.enum(['units', 'unit minutes late', 'share of a donor lent', 'pence']),
  /** Of `fill`: the units that were needed. */
  outOf: z.int().min(0).optional(),
  /** Of `strain`: the donor and code that lends the largest share. */
  at: z.object({ donor: forceId, capabilityCode }).optional(),
  proof: planProof,
  /** The proof, for people. */
  inWords: z.string(),
});
export type PlanObjective = z.infer<typeof planObjective>;

/** A proposal: nothing is reserved until a coordinator approves it, in whole or in part. */
export const planView = z.object({
  /** Made from what is proposed and on which ledger, so that the same proposal has the same id. */
  planId: commandId,
  asOf: instant,
  /** Sequence of the ledger on which the plan was made. */
  basedOnSeq: z.int().min(0),
  /** Version of the policy's weights. */
  policyVersion: name.optional(),
  requestIds: z.array(commandId).optional(),
  without: z.array(forceId),
  by: instant.optional(),
  assignments: z.array(plannedAssignment),
  lines: z.array(plannedLine),
  objectives: z.array(planObjective),
  /** True when no plan is better, by all objectives in their order. */
  isOptimal: z.boolean(),
  /** How sure it is that no plan is better, for people. */
  inWords: z.string(),
  /** Milliseconds that it took to state the problem and to solve it. */
  statedInMs: z.number().min(0),
  solvedInMs: z.number().min(0),
});
export type PlanView = z.infer<typeof planView>;

/** Rows of the query table for plans. */
export const PLAN_ASKS = {
  plan: { service: 'request-broker', query: planQuery, answer: planView },
} as const;

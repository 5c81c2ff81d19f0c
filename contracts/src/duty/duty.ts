import { z } from 'zod';
import { instant } from '../time.ts';
import { token } from '../tokens.ts';
import { name, text } from '../values.ts';

/** Most minutes that a duty may count (a week). */
const MINUTES_MAX = 10_080;

/** How long units have been at work already; what their force knows of it. */
export const duty = z.object({
  /** When their duty began. */
  dutyStart: instant.optional(),
  /** Minutes worked already, where the start is not known. */
  workedMinutes: z.int().min(0).max(MINUTES_MAX).optional(),
  /** When their last rest ended. */
  lastRestEnd: instant.optional(),
  /** Minutes on the road to the report-to point. */
  travelMinutes: z.int().min(0).max(MINUTES_MAX).optional(),
});
export type Duty = z.infer<typeof duty>;

/** A rule of rest and working time: rest between two deployments, and time on duty at arrival. */
export const dutyRule = z.enum(['rest', 'on-duty']);
export type DutyRule = z.infer<typeof dutyRule>;

/** Somebody takes units although rules of rest or working time say otherwise. */
export const dutyOverride = z.object({
  /** Version of the rules that were held against them. */
  rules: name,
  breached: z.array(z.object({ rule: dutyRule, because: text.min(1) })).min(1),
  reason: text.min(1),
  /** Post that decided so. */
  by: token,
});
export type DutyOverride = z.infer<typeof dutyOverride>;

/** A person's word that rules of rest and working time are to be passed over, and why. */
export const overrideReason = z.object({ reason: text.min(1) });

import { z } from 'zod';
import { instant } from '../time.ts';
import { token } from '../tokens.ts';
import { orgId, text } from '../values.ts';
import { ofDeployment } from './name.ts';

/** People who came home injured. */
export const injuries = z.int().min(0).max(10_000);

/** What a return left open: how the people are who came home. */
export const welfareAnswered = z.object({
  ...ofDeployment,
  injuries,
  welfareReferral: z.boolean(),
  remarks: text.optional(),
  /** Post that answers for it. */
  by: token,
});

/** What the units are from here on: still lent, seconded, or to go home. */
export const secondmentOutcome = z.enum(['stays-mutual-aid', 'becomes-secondment', 'units-return']);
export type SecondmentOutcome = z.infer<typeof secondmentOutcome>;

/** The units are or will be away for longer than mutual aid is meant to last; told once. */
export const secondmentReview = z.object({
  ...ofDeployment,
  /** When they left home, earlier assignments included. */
  since: instant,
  /** Until when they are to be away. */
  until: instant,
  /** Days away in all, as planned now. */
  days: z.int().min(0),
  daysMax: z.int().min(1),
});

/** What a review came to. */
export const secondmentReviewed = z.object({
  ...ofDeployment,
  outcome: secondmentOutcome,
  reason: text.min(1),
  reviewedBy: orgId,
  /** Post that decided. */
  by: token,
});

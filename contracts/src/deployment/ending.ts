import { z } from 'zod';
import { instant } from '../time.ts';
import { orgId, text } from '../values.ts';
import { ofDeployment } from './name.ts';
import { abortReason, forfeitReason } from './reasons.ts';

/** What is taken back, in the words of EDXL-RM MessageRecall. */
export const messageRecall = z.object({
  /** The event that it corrects, where there is one. */
  eventId: z.string().min(1).max(200).optional(),
  kind: z.enum(['update', 'cancel']),
  reason: text.min(1),
});
export type MessageRecall = z.infer<typeof messageRecall>;

/** The donor gives up a commitment whose units are not on task yet; the line is open again. */
export const deploymentForfeited = z.object({
  ...ofDeployment,
  reasonCode: forfeitReason,
  reason: text.min(1),
  /** True when the donor means to offer other units for the line. */
  replacementOffered: z.boolean(),
});

/** A commitment is called off before its units are on task; the line is open again. */
export const deploymentAborted = z.object({
  ...ofDeployment,
  abortedBy: orgId,
  reasonCode: abortReason,
  reason: text.min(1),
  recall: messageRecall.optional(),
});

/** One side's account of a deployment after it. */
export const deploymentDebriefed = z.object({
  ...ofDeployment,
  by: orgId,
  lessons: text.min(1),
  /** Hours worked by all units together; fractions are allowed. */
  hoursWorked: z.number().min(0).max(10_000_000).optional(),
  equipmentLoss: text.min(1).optional(),
});

/** Nothing is left to do about the deployment. */
export const deploymentClosed = z.object({
  ...ofDeployment,
  at: instant,
  because: z.enum(['debriefed-and-settled', 'ended-before-task']),
});

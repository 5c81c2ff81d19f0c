import { z } from 'zod';
import { deploymentName } from '../deployment/name.ts';
import { abortReason, deploymentSide, forfeitReason, recallReason } from '../deployment/reasons.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { text } from '../values.ts';
import { base } from './base.ts';

const ofDeployment = { ...base, ...deploymentName };
const reason = text.min(1);

const settle = z
  .object({
    ...ofDeployment,
    decision: z.enum(['release', 'stay']),
    instrument: text.min(1).optional(),
    reason,
    /** Post of the donor that consents; needed for `stay`. */
    consentedBy: token.optional(),
  })
  .refine((body) => body.decision === 'release' || body.consentedBy !== undefined, {
    message: 'is needed for "stay": a donor may always recall, so only with its consent do units stay',
    path: ['consentedBy'],
  });

const answer = z
  .object({
    ...ofDeployment,
    answer: z.enum(['release', 'keep']),
    reason,
    /** From when the units may leave (default: at once). */
    releaseAt: instant.optional(),
  })
  .refine((body) => body.answer === 'release' || body.releaseAt === undefined, {
    message: 'goes with "release" only',
    path: ['releaseAt'],
  });

export const CONTROL_COMMANDS = {
  'control-propose': z.object({ ...ofDeployment, to: deploymentSide, at: instant }),
  'control-confirm': z.object({ ...ofDeployment, proposalId: commandId }),
  'return-request': z.object({ ...ofDeployment, by: instant, reasonCode: recallReason, reason }),
  'return-answer': answer,
  'return-withdraw': z.object({ ...ofDeployment, reason }),
  'return-settle': settle,
  'deployment-forfeit': z.object({
    ...ofDeployment,
    reasonCode: forfeitReason,
    reason,
    replacementOffered: z.boolean(),
  }),
  /** `made-in-error` has a command of its own, which both sides may send. */
  'deployment-abort': z.object({
    ...ofDeployment,
    reasonCode: abortReason,
    reason,
  }),
  'deployment-debrief': z.object({
    ...ofDeployment,
    lessons: text.min(1),
    hoursWorked: z.number().min(0).max(10_000_000).optional(),
    equipmentLoss: text.min(1).optional(),
  }),
  'status-request': z.object({ ...ofDeployment, note: text.min(1).optional() }),
  'deployment-desk-take': z.object({ ...ofDeployment, desk: token, note: reason }),
  'request-desk-take': z.object({ ...base, requestId: commandId, desk: token, note: reason }),
};

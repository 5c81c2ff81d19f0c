import { z } from 'zod';
import { extensionDeclineReason } from '../deployment/extension.ts';
import { deploymentName } from '../deployment/name.ts';
import { injuries, secondmentOutcome } from '../deployment/welfare.ts';
import { overrideReason } from '../duty/duty.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { text } from '../values.ts';
import { base } from './base.ts';

const ofDeployment = { ...base, ...deploymentName };

const answer = z
  .object({
    ...ofDeployment,
    extensionId: commandId,
    answer: z.enum(['accept', 'decline', 'provisional']),
    condition: text.min(1).optional(),
    restPlan: text.min(1).optional(),
    reasonCode: extensionDeclineReason.optional(),
    reason: text.min(1).optional(),
    /** Accepts although units should rest for something promised, and says why. */
    override: overrideReason.optional(),
  })
  .refine((body) => (body.answer === 'decline') === (body.reasonCode !== undefined), {
    message: 'goes with "decline", and "decline" needs it',
    path: ['reasonCode'],
  })
  .refine((body) => (body.answer === 'provisional') === (body.condition !== undefined), {
    message: 'goes with "provisional", and "provisional" needs it',
    path: ['condition'],
  });

export const STAY_COMMANDS = {
  'extension-ask': z.object({
    ...ofDeployment,
    newEnd: instant,
    reason: text.min(1),
    /** Until when silence is no answer yet (default: four hours, or half an hour past the end). */
    answerBy: instant.optional(),
  }),
  'extension-answer': answer,
  'welfare-answer': z.object({
    ...ofDeployment,
    injuries,
    welfareReferral: z.boolean(),
    remarks: text.optional(),
  }),
  'secondment-review': z.object({ ...ofDeployment, outcome: secondmentOutcome, reason: text.min(1) }),
};

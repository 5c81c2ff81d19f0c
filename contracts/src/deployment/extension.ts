import { z } from 'zod';
import { homeRefusalReason } from '../codes.ts';
import { dutyOverride } from '../duty/duty.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { approval, text } from '../values.ts';
import { ofDeployment } from './name.ts';

const ofExtension = { ...ofDeployment, extensionId: commandId };

/** Why a donor does not extend. */
export const extensionDeclineReason = z.enum([
  'own-demand',
  'no-capacity',
  'welfare-rest',
  'not-accredited',
  'policy',
  'other',
]);
export type ExtensionDeclineReason = z.infer<typeof extensionDeclineReason>;

/** The host asks to keep the units for longer. Nothing moves before the donor has said so and its ledger has it. */
export const extensionRequested = z.object({
  ...ofExtension,
  /** When the units were to go home until now. */
  end: instant,
  newEnd: instant,
  reason: text.min(1),
  /** Silence until then means no. */
  answerBy: instant,
});

/** The donor accepts, declines, or says under what condition it would accept. */
export const extensionAnswered = z.object({
  ...ofExtension,
  answer: z.enum(['accept', 'decline', 'provisional']),
  newEnd: instant,
  /** What has to be met first; with `provisional` only. */
  condition: text.min(1).optional(),
  /** How the people rest or are relieved meanwhile. */
  restPlan: text.min(1).optional(),
  /** With `decline` only. */
  reasonCode: extensionDeclineReason.optional(),
  reason: text.min(1).optional(),
  /** With `accept`: the further time is reserved under this token, for the home ledger to confirm until then. */
  token: z.int().min(1).optional(),
  confirmBy: instant.optional(),
  /** With `accept`: rules of rest that were passed over. */
  override: dutyOverride.optional(),
});

/** The home ledger has the further time: the units stay until the new end. */
export const extensionConfirmed = z.object({
  ...ofExtension,
  /** The end until now. */
  from: instant,
  /** The new end. */
  to: instant,
  token: z.int().min(1),
  homeVersion: z.int().min(1),
  approval,
});

export const extensionEndReason = z.enum(['answer-time-passed', 'confirm-time-passed', 'refused-at-home']);
export type ExtensionEndReason = z.infer<typeof extensionEndReason>;

/** The units are not kept for longer: nobody answered, or the home ledger does not have the time. The end stays. */
export const extensionEnded = z.object({
  ...ofExtension,
  because: extensionEndReason,
  /** Why the home ledger refused. */
  reasonCode: homeRefusalReason.optional(),
});

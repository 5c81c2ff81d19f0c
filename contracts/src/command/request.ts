import { z } from 'zod';
import { cancelReason } from '../codes.ts';
import { RECIPIENTS_MAX } from '../limits.ts';
import { confirmWithinMinutes, requestLines, requestTerms } from '../request/lines.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { forceId, text } from '../values.ts';
import { base } from './base.ts';

/** Whom to ask. `nearest` asks the nearest forces that advertise what a line needs, `count` for each line. */
export const recipientChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forces'), forces: z.array(forceId).min(1).max(RECIPIENTS_MAX) }),
  z.object({ kind: z.literal('nearest'), count: z.int().min(1).max(RECIPIENTS_MAX) }),
]);
export type RecipientChoice = z.infer<typeof recipientChoice>;

const requestCreate = z.object({
  ...base,
  lines: requestLines,
  terms: requestTerms,
  recipients: recipientChoice,
  answerBy: instant,
  confirmWithinMinutes: confirmWithinMinutes.optional(),
});

const requestCancel = z.object({
  ...base,
  requestId: commandId,
  reasonCode: cancelReason,
  reason: text.min(1),
});

export const REQUEST_COMMANDS = {
  'request-create': requestCreate,
  'request-cancel': requestCancel,
};

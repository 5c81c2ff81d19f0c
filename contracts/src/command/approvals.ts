import { z } from 'zod';
import { tier } from '../codes.ts';
import { LINES_MAX } from '../limits.ts';
import { correction } from '../request/approvals.ts';
import {
  confirmWithinMinutes,
  recipientChoice,
  requestLine,
  requestLines,
  requestTerms,
} from '../request/lines.ts';
import { escalationMode } from '../request/reach.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { amountPence, name, rationale, text } from '../values.ts';
import { base } from './base.ts';

/** Who approves a request: the declared policy, a person before it goes out, or one who said so by word of mouth. */
export const approvalRoute = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('policy') }),
  z.object({ kind: z.literal('person') }),
  z.object({ kind: z.literal('oral'), post: token, at: instant, reason: text.min(1) }),
]);
export type ApprovalRoute = z.infer<typeof approvalRoute>;

const content = {
  lines: requestLines,
  terms: requestTerms,
  recipients: recipientChoice,
  answerBy: instant,
  confirmWithinMinutes: confirmWithinMinutes.optional(),
  escalation: escalationMode.optional(),
  costLimitPence: amountPence.optional(),
  tier: tier.optional(),
};

/** Writes a draft down; with a `requestId` that of an earlier one, which it replaces. */
const requestDraft = z.object({ ...base, requestId: commandId.optional(), ...content });

/** Sends a draft on its way; a new answer time may take the place of one that has passed meanwhile. */
const requestSubmit = z.object({
  ...base,
  requestId: commandId,
  approvalRoute: approvalRoute.optional(),
  answerBy: instant.optional(),
});

const requestApprove = z.object({
  ...base,
  requestId: commandId,
  rationale,
  authorityRank: name.optional(),
});

const requestRefuse = z.object({ ...base, requestId: commandId, reason: text.min(1), rationale });

/** Lines given replace those of the same id, or are new; all else stays as it is. */
const requestAmend = z.object({
  ...base,
  requestId: commandId,
  lines: z.array(requestLine).min(1).max(LINES_MAX).optional(),
  terms: requestTerms.optional(),
  answerBy: instant.optional(),
  /** Another limit of what may be agreed with donors in all. */
  costLimitPence: amountPence.optional(),
  reason: text.min(1),
  /** Needed when more is asked than was approved. */
  rationale: rationale.optional(),
  corrects: correction.optional(),
});

export const APPROVAL_COMMANDS = {
  'request-draft': requestDraft,
  'request-submit': requestSubmit,
  'request-approve': requestApprove,
  'request-refuse': requestRefuse,
  'request-amend': requestAmend,
};

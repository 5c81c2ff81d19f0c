import { z } from 'zod';
import { tier } from '../codes.ts';
import { LINES_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { amountPence, approval, orgId, rationale, text } from '../values.ts';
import { confirmWithinMinutes, recipientChoice, requestLines, requestTerms } from './lines.ts';
import { escalationMode } from './reach.ts';

const ofRequest = { host: orgId, requestId: commandId };

/** Fields that one amendment may change. */
export const CHANGES_MAX = LINES_MAX * 8;

const content = {
  lines: requestLines,
  terms: requestTerms,
  recipients: recipientChoice,
  answerBy: instant,
  confirmWithinMinutes,
  escalation: escalationMode.optional(),
  costLimitPence: amountPence.optional(),
  tier: tier.optional(),
};

/** What a host has written down and not sent; the last one counts, and nobody else may read it. */
export const requestDrafted = z.object({ ...ofRequest, ...content, draftedBy: token });

/** A person approved, before the request went out, or afterwards what was approved by word of mouth. */
export const requestApproved = z.object({
  ...ofRequest,
  approval,
  retrospective: z.boolean(),
  /** What may be agreed with donors in all: the limit of the request, or that of the delegation if it is lower. */
  costLimitPence: amountPence.optional(),
});

export const requestRefused = z.object({
  ...ofRequest,
  refusedBy: token,
  reason: text.min(1),
  rationale,
  retrospective: z.boolean(),
});

/** What was approved by word of mouth is still not approved in writing, an hour later. */
export const requestApprovalOverdue = z.object({ ...ofRequest, oralBy: token, retrospectiveBy: instant });

/** One field that an amendment changed, as text for people. */
export const fieldChange = z.object({ path: z.string().max(200), from: z.string(), to: z.string() });
export type FieldChange = z.infer<typeof fieldChange>;

/** What an amendment puts right. */
export const correction = z.object({
  /** Id of the event that was wrong. */
  eventId: z.string().max(200),
  kind: z.enum(['mistyped-quantity', 'wrong-line', 'other']),
});

/** The request as it stands from here on, and what changed. */
export const requestAmended = z.object({
  ...ofRequest,
  lines: requestLines,
  terms: requestTerms,
  answerBy: instant,
  changes: z.array(fieldChange).min(1).max(CHANGES_MAX),
  reason: text.min(1),
  approval,
  /** What may be agreed with donors in all from here on. */
  costLimitPence: amountPence.optional(),
  recall: z.object({ kind: z.literal('update'), corrects: correction }).optional(),
});

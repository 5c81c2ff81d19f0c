import { z } from 'zod';
import { cancelReason, tier } from '../codes.ts';
import { confirmWithinMinutes, recipientChoice, requestLines, requestTerms } from '../request/lines.ts';
import { escalationMode } from '../request/reach.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { amountPence, orgId, text } from '../values.ts';
import { approvalRoute } from './approvals.ts';
import { base } from './base.ts';

const requestCreate = z.object({
  ...base,
  lines: requestLines,
  terms: requestTerms,
  recipients: recipientChoice,
  answerBy: instant,
  confirmWithinMinutes: confirmWithinMinutes.optional(),
  /** None: nothing follows the answer time but the record of who stayed silent. */
  escalation: escalationMode.optional(),
  /** What may be agreed with donors in all; the donors do not learn of it. None: no limit by cost. */
  costLimitPence: amountPence.optional(),
  /** None: regional if only the region is asked, else national. */
  tier: tier.optional(),
  /** None: the declared policy, if the host's rules leave it to that. */
  approvalRoute: approvalRoute.optional(),
});

/** The host takes its request back; the national centre may do so for any host, which it then names. */
const requestCancel = z.object({
  ...base,
  host: orgId.optional(),
  requestId: commandId,
  reasonCode: cancelReason,
  reason: text.min(1),
});

export const REQUEST_COMMANDS = {
  'request-create': requestCreate,
  'request-cancel': requestCancel,
};

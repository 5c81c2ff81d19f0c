import { z } from 'zod';
import { claimLine, claimStatus, waiverBasis } from '../claim/v1.ts';
import { costCategory } from '../codes.ts';
import { PAGE_ROWS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, orgId } from '../values.ts';
import { rowCursor } from './cursor.ts';

/** A claim as those who may see it see it. */
export const claimView = z.object({
  donor: forceId,
  claimId: commandId,
  host: orgId,
  requestId: commandId,
  costCategory,
  status: claimStatus,
  /** Whether nothing is to be done any more: it is paid, or done without. */
  isSettled: z.boolean(),
  since: instant,
  estimatePence: z.int().min(0),
  /** What is recorded or claimed; that of the estimate while nothing is. */
  totalPence: z.int().min(0),
  lines: z.array(claimLine),
  /** How often it has been claimed; 0 before. */
  round: z.int().min(0),
  query: z.object({ reason: z.string(), lineIds: z.array(token), by: token }).optional(),
  checkedBy: token.optional(),
  waiver: z.object({ basis: waiverBasis, by: orgId }).optional(),
  /** By when the next step is due; none once nothing is. */
  dueBy: instant.optional(),
  isOverdue: z.boolean(),
});
export type ClaimView = z.infer<typeof claimView>;

export const CLAIM_ASKS = {
  'claim-list': {
    service: 'request-broker',
    query: z.object({
      status: claimStatus.optional(),
      host: orgId.optional(),
      donor: forceId.optional(),
      limit: z.int().min(1).max(PAGE_ROWS_MAX).default(100),
      cursor: rowCursor.optional(),
    }),
    answer: z.object({ items: z.array(claimView), cursor: z.string().optional() }),
  },
  'claim-show': {
    service: 'request-broker',
    query: z.object({ donor: forceId, claimId: commandId }),
    answer: claimView,
  },
} as const;

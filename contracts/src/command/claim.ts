import { z } from 'zod';
import { CLAIM_AMOUNT_PENCE_MAX, CLAIM_LINES_MAX, claimLines, waiverBasis } from '../claim/v1.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, name, text } from '../values.ts';
import { base } from './base.ts';

/** A claim is named as its deployment is. */
const ofClaim = { ...base, donor: forceId, claimId: commandId };

export const CLAIM_COMMANDS = {
  /** Without lines the cost that was agreed with the acceptance is taken. */
  'claim-estimate': z.object({ ...ofClaim, lines: claimLines.optional() }),
  'claim-record': z.object({ ...ofClaim, lines: claimLines }),
  'claim-submit': z.object(ofClaim),
  'claim-check': z.object(ofClaim),
  'claim-query': z.object({
    ...ofClaim,
    reason: text.min(1),
    lineIds: z.array(token).max(CLAIM_LINES_MAX).default([]),
  }),
  /** Lines given take the place of those of the same id, or are new. */
  'claim-answer': z.object({ ...ofClaim, answer: text.min(1), lines: claimLines.optional() }),
  'claim-agree': z.object(ofClaim),
  'claim-pay': z.object({
    ...ofClaim,
    amountPence: z
      .int()
      .min(0)
      .max(CLAIM_AMOUNT_PENCE_MAX * CLAIM_LINES_MAX),
    paidAt: instant,
    paymentRef: name,
  }),
  'claim-waive': z.object({ ...ofClaim, basis: waiverBasis, reason: text.min(1) }),
};

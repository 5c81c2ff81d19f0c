import { z } from 'zod';
import { costCategory } from '../codes.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, name, orgId, text } from '../values.ts';

/** Lines of one claim; our assumption, far above what one deployment needs. */
export const CLAIM_LINES_MAX = 100;
/** Pence sterling of one line (100 million pounds; our assumption). */
export const CLAIM_AMOUNT_PENCE_MAX = 100_000_000_00;

/** What money was spent on; the headings are our assumption, since the national guide's are not public. */
export const claimCategory = z.enum([
  'pay',
  'overtime',
  'travel',
  'accommodation',
  'subsistence',
  'equipment',
  'other',
]);
export type ClaimCategory = z.infer<typeof claimCategory>;

/** Where a claim can stand. */
export const CLAIM_STATUSES = [
  'ESTIMATED',
  'ACCRUING',
  'SUBMITTED',
  'QUERIED',
  'AGREED',
  'PAID',
  'WAIVED',
] as const;
export const claimStatus = z.enum(CLAIM_STATUSES);
export type ClaimStatus = z.infer<typeof claimStatus>;

const pence = z.int().min(0).max(CLAIM_AMOUNT_PENCE_MAX);
const totalPence = z
  .int()
  .min(0)
  .max(CLAIM_AMOUNT_PENCE_MAX * CLAIM_LINES_MAX);

/** One line of a claim. Amounts are whole pence sterling. */
export const claimLine = z.object({
  lineId: token,
  category: claimCategory,
  /** Hours that the amount is for, where it is for time. */
  hours: z.number().min(0).max(10_000_000).optional(),
  /** The rate that was used, by its name in the rates that the two forces go by. */
  rateRef: name.optional(),
  amountPence: pence,
  /** Where the proof is kept; never the proof itself. */
  evidenceRef: name.optional(),
});
export type ClaimLine = z.infer<typeof claimLine>;

/** Lines of a claim, each with an id of its own. */
export const claimLines = z
  .array(claimLine)
  .min(1)
  .max(CLAIM_LINES_MAX)
  .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, {
    message: 'holds two lines of the same id',
  });

/** One claim for one deployment, under the id of the deployment. */
const ofClaim = { donor: forceId, claimId: commandId, host: orgId };
/** By when the next step is due. */
const dueBy = instant;
const round = z.int().min(1);

/** On what a decision about money rests. */
export const moneyApproval = z.discriminatedUnion('basis', [
  z.object({ basis: z.literal('policy'), policy: name }),
  z.object({ basis: z.literal('person'), delegationId: commandId }),
]);
export type MoneyApproval = z.infer<typeof moneyApproval>;

/** Why nothing is paid: aid is paid back in kind, or the time lies within the nil-charge period. */
export const waiverBasis = z.enum(['payback', 'nil-charge']);

/** What the donor expects the deployment to cost; the claim is open from then on. */
export const costEstimated = z.object({
  ...ofClaim,
  requestId: commandId,
  costCategory,
  lines: claimLines,
  totalPence,
  estimatedBy: token,
  dueBy,
});

/** Costs that have come up; a line takes the place of an earlier one of its id. */
export const costRecorded = z.object({
  ...ofClaim,
  lines: claimLines,
  /** Of all lines recorded so far. */
  totalPence,
  recordedBy: token,
  dueBy,
});

/** The donor claims, or answers a query by claiming anew; all that is claimed stands in it. */
export const claimSubmitted = z.object({
  ...ofClaim,
  round,
  lines: claimLines,
  totalPence,
  submittedBy: token,
  approval: moneyApproval,
  /** The answer to the query before. */
  answer: text.min(1).optional(),
  dueBy,
});

/** A post of the host has checked what is claimed; another one may agree to it. */
export const claimChecked = z.object({ ...ofClaim, round, totalPence, checkedBy: token });

export const claimQueried = z.object({
  ...ofClaim,
  round,
  reason: text.min(1),
  /** The lines that it is about; none: all. */
  lineIds: z.array(token).max(CLAIM_LINES_MAX),
  queriedBy: token,
  dueBy,
});

export const claimAgreed = z.object({
  ...ofClaim,
  round,
  totalPence,
  checkedBy: token,
  agreedBy: token,
  approval: moneyApproval,
  dueBy,
});

export const claimPaid = z.object({
  ...ofClaim,
  amountPence: totalPence,
  paidAt: instant,
  paymentRef: name,
  paidBy: token,
});

const waiver = { basis: waiverBasis, reason: text.min(1), totalPence, approval: moneyApproval };

/** One side would do without the money; the other has to say so too. */
export const claimWaiverProposed = z.object({ ...ofClaim, ...waiver, proposedBy: orgId, post: token });

/** Both sides have said that nothing is paid. */
export const claimWaived = z.object({
  ...ofClaim,
  ...waiver,
  proposedBy: orgId,
  agreedBy: orgId,
  post: token,
});

/** The next step has not come in time; told once for each step. */
export const claimOverdue = z.object({ ...ofClaim, status: claimStatus, dueBy });

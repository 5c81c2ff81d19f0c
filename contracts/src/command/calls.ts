import { z } from 'zod';
import { overrideReason } from '../duty/duty.ts';
import { ACCEPTED_OFFERS_MAX } from '../limits.ts';
import { agreementMeans, directionInstrument, planAssignment } from '../request/calls.ts';
import { confirmWithinMinutes, requestLine, requestTerms } from '../request/lines.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, name, orgId, quantity, text } from '../values.ts';
import { base } from './base.ts';

/**
 * Approves a plan, or the part of it that is sent: everything is reserved in one append, or nothing. The host
 * approves for its own requests, a regional centre for hosts of its region, the national centre for all.
 */
const planApprove = z.object({
  ...base,
  planId: commandId,
  basedOnSeq: z.int().min(0),
  policyVersion: name,
  rationale: text.optional(),
  assignments: z
    .array(planAssignment)
    .min(1)
    .max(ACCEPTED_OFFERS_MAX)
    .refine(
      (all) =>
        new Set(
          all.map((one) => [one.host, one.requestId, one.lineId, one.donor, one.capabilityId].join('/')),
        ).size === all.length,
      { message: 'names the same capability twice for a line' },
    ),
});

const directionRecord = z.object({
  ...base,
  host: orgId,
  requestId: commandId,
  lineId: token,
  donor: forceId,
  capabilityId: token,
  quantity,
  instrument: directionInstrument,
  /** The post that signed; never a person's name. */
  signedBy: token,
  scope: text.min(1),
  reason: text.min(1),
  override: overrideReason.optional(),
});

/** A line of a request that exists, or a whole request of one line that was agreed before it was written down. */
const agreedFor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), requestId: commandId, lineId: token }),
  z.object({
    kind: z.literal('new'),
    line: requestLine,
    terms: requestTerms,
    confirmWithinMinutes: confirmWithinMinutes.optional(),
  }),
]);

/** Back-fills what two forces agreed outside the mesh; the donor's own ledger still has to confirm it. */
const agreementRecord = z.object({
  ...base,
  for: agreedFor,
  donor: forceId,
  capabilityId: token,
  quantity,
  /** At most 72 hours ago. */
  agreedAt: instant,
  /** The post at the donor that agreed; never a person's name. */
  agreedWith: token,
  means: agreementMeans,
  reason: text.min(1),
  override: overrideReason.optional(),
});

export const CALL_COMMANDS = {
  'plan-approve': planApprove,
  'direction-record': directionRecord,
  'agreement-record': agreementRecord,
};

import { z } from 'zod';
import { actorRole, costCategory, legalBasis } from '../codes.ts';
import { dutyOverride } from '../duty/duty.ts';
import { ACCEPTED_OFFERS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { approval, capabilityCode, forceId, name, orgId, quantity, text } from '../values.ts';

const ofRequest = { host: orgId, requestId: commandId };
const ofOffer = { ...ofRequest, offerId: commandId, lineId: token, donor: forceId };

/** The power under which the national centre directs a force. */
export const directionInstrument = z.enum(['PA96-S24-2', 'PA96-S98-4', 'other']);
export type DirectionInstrument = z.infer<typeof directionInstrument>;

/** How two forces came to an agreement outside the mesh. */
export const agreementMeans = z.enum(['phone', 'radio', 'in-person', 'other']);

/** Why units were reserved that nobody had offered. */
export const callCause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), planId: commandId, policyVersion: name }),
  z.object({
    kind: z.literal('direction'),
    instrument: directionInstrument,
    /** The post that signed; never a person's name. */
    signedBy: token,
    scope: text.min(1),
  }),
  z.object({ kind: z.literal('agreement'), agreedAt: instant, agreedWith: token, means: agreementMeans }),
]);
export type CallCause = z.infer<typeof callCause>;

/**
 * A donor's units are reserved without an offer: by an approved plan, a direction, or an agreement made
 * outside the mesh. Its home force decides as it does on an accepted offer.
 */
export const offerCalled = z.object({
  ...ofOffer,
  capabilityId: token,
  capabilityCode,
  quantity,
  from: instant,
  to: instant,
  /** Fencing token: the `bookingVersion` at which the units were reserved. */
  token: z.int().min(1),
  confirmBy: instant,
  estimatedArrival: instant,
  legalBasis,
  costCategory,
  because: callCause,
  override: dutyOverride.optional(),
  approval,
});

/** One capability's part in a plan. `offerId`: an open offer that it takes up; none: the capability is called. */
export const planAssignment = z.object({
  ...ofRequest,
  lineId: token,
  donor: forceId,
  capabilityId: token,
  quantity,
  offerId: commandId.optional(),
});
export type PlanAssignment = z.infer<typeof planAssignment>;

/** A coordinator approved a plan, in whole or in part, as far as it concerns this request. */
export const planApproved = z.object({
  ...ofRequest,
  planId: commandId,
  /** Sequence of the ledger on which the plan was made. */
  basedOnSeq: z.int().min(0),
  policyVersion: name,
  approvedBy: z.object({ org: orgId, role: actorRole, post: token }),
  rationale: text.optional(),
  assignments: z.array(planAssignment).min(1).max(ACCEPTED_OFFERS_MAX),
});

/** The national centre directs a force to lend; recorded with the instrument that gives the power. */
export const directionRecorded = z.object({
  ...ofRequest,
  lineId: token,
  donor: forceId,
  capabilityId: token,
  quantity,
  instrument: directionInstrument,
  signedBy: token,
  scope: text.min(1),
  reason: text.min(1),
});

import { z } from 'zod';
import { actorRole, declineReason, tier } from '../codes.ts';
import { LINES_MAX, RECIPIENTS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, orgId, quantity, text } from '../values.ts';

const ofRequest = { host: orgId, requestId: commandId };

/** Whether the broker takes a request up the tiers when its answer time passes, or people do. */
export const escalationMode = z.enum(['automatic', 'by-hand']);
export type EscalationMode = z.infer<typeof escalationMode>;

/** Why a request goes up a tier. */
export const escalationReason = z.enum(['no-offers', 'partial', 'urgency', 'directed']);
export type EscalationReason = z.infer<typeof escalationReason>;

/** Lines that are short, and by how many units. */
export const unmetLines = z.array(z.object({ lineId: token, missing: quantity })).max(LINES_MAX);

const step = { fromTier: tier, toTier: tier, reasonCode: escalationReason, unmet: unmetLines };

/** A tier above needs somebody's consent, who has until `acceptBy`; after that both centres are told. */
export const requestEscalationAsked = z.object({ ...ofRequest, ...step, acceptBy: instant });

export const requestEscalationOverdue = z.object({ ...ofRequest, toTier: tier, acceptBy: instant });

/** The request is at a higher tier from here on; who agreed, where somebody had to. */
export const requestEscalated = z.object({
  ...ofRequest,
  ...step,
  acceptedBy: z.object({ org: orgId, role: actorRole, post: token }).optional(),
  reason: text.optional(),
});

/** Nobody is left to ask for the line: what everyone said, and who said nothing. A person has to look at it. */
export const requestUnfilled = z.object({
  ...ofRequest,
  lineId: token,
  tier,
  missing: quantity,
  asked: z.array(forceId).max(RECIPIENTS_MAX),
  offered: z.array(forceId).max(RECIPIENTS_MAX),
  declines: z.array(z.object({ force: forceId, reasonCode: declineReason })).max(RECIPIENTS_MAX),
  silent: z.array(forceId).max(RECIPIENTS_MAX),
});

export const requestUnfilledAcknowledged = z.object({
  ...ofRequest,
  lineId: token,
  by: z.object({ org: orgId, post: token }),
  note: text.min(1),
});

/** An asked force has the request on its desk. */
export const requestAcknowledged = z.object({ ...ofRequest, force: forceId, receivedAt: instant });

/** The host asked a force that it should not have asked; its open offers are not taken. */
export const requestAskWithdrawn = z.object({
  ...ofRequest,
  force: forceId,
  reason: text.min(1),
  /** Id of the event that asked it. */
  corrects: z.string().max(200).optional(),
});

import { z } from 'zod';
import {
  cancelReason,
  costCategory,
  declineReason,
  homeRefusalReason,
  lapseReason,
  legalBasis,
  tier,
} from '../codes.ts';
import { duty, dutyOverride } from '../duty/duty.ts';
import { LINES_MAX, RECIPIENTS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { agreedCost, amountPence, approval, forceId, name, orgId, quantity, text } from '../values.ts';
import { callCause } from './calls.ts';
import {
  confirmWithinMinutes,
  recipient,
  recipientChoice,
  recipients,
  requestLine,
  requestLines,
  requestTerms,
} from './lines.ts';
import { availableInOrder, offerContent, ofOffer } from './offers.ts';
import { escalationMode } from './reach.ts';

/** Names one request: request ids are made by hosts, so the host is part of the name. */
const ofRequest = { host: orgId, requestId: commandId };

/** The host states its need; `approval` says who decides on it. */
export const requestSubmitted = z.object({
  ...ofRequest,
  lines: requestLines,
  terms: requestTerms,
  answerBy: instant,
  confirmWithinMinutes,
  /** Whom to ask once it is approved; none: it went out in the same append. */
  recipients: recipientChoice.optional(),
  escalation: escalationMode.optional(),
  /** What may be agreed with donors in all; none: no limit by cost. */
  costLimitPence: amountPence.optional(),
  /** The tier to begin at, where the host chose it. */
  tier: tier.optional(),
  /** The post that asks, which may not approve. */
  requestedBy: token.optional(),
  approval,
});

/** The request goes out to the forces named; each of them also gets its own notice. */
export const requestIssued = z.object({
  ...ofRequest,
  tier,
  recipients,
  answerBy: instant,
  /** Present when others were asked before: the recipients are those that are asked now. */
  again: z.literal(true).optional(),
  /** Counts waves from 1. */
  wave: z.int().min(1).optional(),
  nextWaveAt: instant.optional(),
});

/** What one force is told about a request, without the list of the other forces. Ignored by `evolve`. */
export const requestNotice = z.object({
  ...ofRequest,
  force: forceId,
  notice: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('issued'),
      lines: requestLines,
      terms: requestTerms,
      answerBy: instant,
    }),
    z.object({
      kind: z.literal('called'),
      line: requestLine,
      terms: requestTerms,
      offerId: commandId,
      capabilityId: token,
      quantity,
      confirmBy: instant,
      because: callCause,
    }),
    z.object({
      kind: z.literal('amended'),
      lines: requestLines,
      terms: requestTerms,
      answerBy: instant,
      reason: text.min(1),
    }),
    z.object({ kind: z.literal('answer-time-expired'), lineIds: z.array(token).min(1).max(LINES_MAX) }),
    z.object({ kind: z.literal('cancelled'), reasonCode: cancelReason }),
    z.object({ kind: z.literal('ask-withdrawn'), reason: text.min(1) }),
    z.object({ kind: z.literal('expired') }),
    z.object({ kind: z.literal('closed') }),
  ]),
});

/** The time to answer has passed: the asked forces that said nothing, line by line. Empty when all answered. */
export const requestAnswerTimeExpired = z.object({
  ...ofRequest,
  silent: z.array(recipient).max(RECIPIENTS_MAX),
});

export const requestCancelled = z.object({ ...ofRequest, reasonCode: cancelReason, reason: text.min(1) });

/** The last window ended with nothing committed. */
export const requestExpired = z.object({ ...ofRequest });

/** Every deployment of the request has returned. */
export const requestClosed = z.object({ ...ofRequest });

/** An offer by a donor force for one line from one capability. An offer holds nothing. */
export const offerMade = availableInOrder(z.object({ ...ofOffer, ...offerContent, approval }));

export const offerDeclined = z.object({
  ...ofRequest,
  lineIds: z.array(token).min(1).max(LINES_MAX),
  donor: forceId,
  reasonCode: declineReason,
  remarks: text.optional(),
  approval,
});

/** The host takes the offer; the units are reserved in the same append and wait for the home force. */
export const offerAccepted = z.object({
  ...ofOffer,
  capabilityId: token,
  quantity,
  from: instant,
  to: instant,
  /** Fencing token: the `bookingVersion` at which the units were reserved. */
  token: z.int().min(1),
  confirmBy: instant,
  legalBasis,
  costCategory,
  /** None: the donor gave no estimate. */
  agreedCost: agreedCost.optional(),
  /** The host's own reference for the money. */
  fundingRef: name.optional(),
  override: dutyOverride.optional(),
  /** The matching policy that was in force when it was chosen among others. */
  policyVersion: name.optional(),
  approval,
});

/** The line was filled or ended without this offer, or the host turned it down and said why. */
export const offerNotSelected = z.object({
  ...ofOffer,
  by: token.optional(),
  reason: text.min(1).optional(),
});

/** An offer ran out, or an accepted one lost its line before the home force answered: also when it was taken in error. */
export const offerLapsed = z.object({
  ...ofOffer,
  reasonCode: lapseReason,
  /** The post of the host that took the acceptance back, and why it was wrong. */
  by: token.optional(),
  reason: text.min(1).optional(),
});

const ofCommitment = { ...ofOffer, capabilityId: token, token: z.int().min(1) };

/** The home force confirmed in its own ledger: the units are committed. */
export const commitmentMade = z.object({
  ...ofCommitment,
  quantity,
  from: instant,
  to: instant,
  deploymentId: commandId,
  homeVersion: z.int().min(1),
  /** `used` counts towards the line; `released` came too late for a line that no longer needs it. */
  outcome: z.enum(['used', 'released']),
  duty: duty.optional(),
  approval,
});

export const commitmentRefused = z.object({
  ...ofCommitment,
  homeVersion: z.int().min(1),
  reasonCode: homeRefusalReason,
});

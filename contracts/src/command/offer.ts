import { z } from 'zod';
import { costCategory, declineReason, offerWithdrawReason } from '../codes.ts';
import { duty, overrideReason } from '../duty/duty.ts';
import { ACCEPTED_OFFERS_MAX, LINES_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { costEstimate, name, orgId, quantity, text } from '../values.ts';
import { base } from './base.ts';

const offerMake = z.object({
  ...base,
  host: orgId,
  requestId: commandId,
  lineId: token,
  capabilityId: token,
  quantity,
  estimatedArrival: instant,
  costEstimate: costEstimate.optional(),
  remarks: text.optional(),
  duty: duty.optional(),
  /** Deployment of the same capability from which its units, all of them, go on without going home. */
  continues: commandId.optional(),
  /** Makes the offer provisional: it cannot be accepted until the donor says that this has come true. */
  condition: text.min(1).optional(),
  /** When the offer lapses by itself. */
  validUntil: instant.optional(),
  /** A withdrawn offer of the same force, entered in error, that this one puts right. */
  corrects: commandId.optional(),
  /** Offered although the host did not ask this force for the line: it was told of the need outside the mesh. */
  unsolicited: z.literal(true).optional(),
});

const offerDecline = z.object({
  ...base,
  host: orgId,
  requestId: commandId,
  lineIds: z.array(token).min(1).max(LINES_MAX),
  reasonCode: declineReason,
  remarks: text.optional(),
});

const ofOffer = { ...base, host: orgId, requestId: commandId, offerId: commandId };

const offerConditionMet = z.object({ ...ofOffer, note: text.min(1) });

const offerWithdraw = z.object({ ...ofOffer, reasonCode: offerWithdrawReason, reason: text.min(1) });

const offerNotSelect = z.object({
  ...base,
  requestId: commandId,
  offerId: commandId,
  reason: text.min(1),
});

/** All of the offers named are reserved in one append, or none; with `orMinimum` those that can be had. */
const offerAccept = z.object({
  ...base,
  requestId: commandId,
  accept: z
    .array(
      z.object({
        offerId: commandId,
        quantity,
        /** Agrees to a charging regime that is not the request's. */
        costCategory: costCategory.optional(),
      }),
    )
    .min(1)
    .max(ACCEPTED_OFFERS_MAX)
    .refine((offers) => new Set(offers.map((offer) => offer.offerId)).size === offers.length, {
      message: 'names an offer twice',
    }),
  /**
   * The minimum of each line suffices: where some of the units cannot be reserved any more, those that can are, if
   * every line that goes without then has at least its minimum; else none.
   */
  orMinimum: z.literal(true).optional(),
  /** The host's own reference for the money. */
  fundingRef: name.optional(),
  /** Takes units although they should rest, and says why. */
  override: overrideReason.optional(),
});

/** The host takes back an acceptance that it did not mean, until the home force has answered. */
const acceptanceWithdraw = z.object({
  ...base,
  requestId: commandId,
  offerId: commandId,
  reason: text.min(1),
});

export const OFFER_COMMANDS = {
  'offer-make': offerMake,
  'offer-decline': offerDecline,
  'offer-accept': offerAccept,
  'offer-condition-met': offerConditionMet,
  'offer-withdraw': offerWithdraw,
  'offer-not-select': offerNotSelect,
  'acceptance-withdraw': acceptanceWithdraw,
};

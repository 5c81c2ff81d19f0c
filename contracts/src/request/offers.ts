import { z } from 'zod';
import { offerWithdrawReason } from '../codes.ts';
import { duty } from '../duty/duty.ts';
import { QUANTITY_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { capabilityCode, costEstimate, forceId, orgId, quantity, text } from '../values.ts';

export const ofOffer = {
  host: orgId,
  requestId: commandId,
  offerId: commandId,
  lineId: token,
  donor: forceId,
};

/** What a donor offers, from whom it is said to approval. */
export const offerContent = {
  capabilityId: token,
  capabilityCode,
  quantity,
  availableFrom: instant,
  availableTo: instant,
  estimatedArrival: instant,
  costEstimate: costEstimate.optional(),
  remarks: text.optional(),
  duty: duty.optional(),
  /** Deployment from which these units go on without going home. */
  continues: commandId.optional(),
  /** What still has to come true before the host may accept; none: the offer is firm. */
  condition: text.min(1).optional(),
  /** When the offer lapses by itself. */
  validUntil: instant.optional(),
  /** The withdrawn offer, entered in error, that this one puts right. */
  corrects: commandId.optional(),
  /** The host had not asked this force for the line. */
  unsolicited: z.literal(true).optional(),
};

type Available = { availableFrom: string; availableTo: string };

/** The same schema for offers whose units are there for a time. */
export const availableInOrder = <S extends z.ZodType<Available>>(offer: S): S =>
  offer.refine((one) => one.availableFrom < one.availableTo, {
    message: 'must end after it starts',
    path: ['availableTo'],
  });

/** Why units that a host took could not be reserved, where it let the minimum of the line suffice. */
export const LEFT_OUT_REASONS = [
  'offer-not-open',
  'advert-not-current',
  'not-eligible',
  'no-capacity',
  'duty-breach',
  'wrong-status',
  'already-answered',
] as const;

/** How many units the host named, how many of them were reserved, and why the others were not. */
export const leftOut = z.object({
  named: quantity,
  reserved: z.int().min(0).max(QUANTITY_MAX),
  reasonCode: z.enum(LEFT_OUT_REASONS),
  because: text.min(1),
});

/**
 * Units that the host took cannot be reserved any more, and it goes without them: an offer of which nothing was
 * reserved is not selected.
 */
export const offerLeftOut = z.object({ ...ofOffer, by: token, ...leftOut.shape });

/** The condition of a provisional offer has come true: from now on the host may accept it. */
export const offerConditionMet = z.object({ ...ofOffer, by: token, note: text.min(1) });

/** The donor takes back an offer that nobody has accepted; what it was stays on record. */
export const offerWithdrawn = z.object({
  ...ofOffer,
  by: token,
  reasonCode: offerWithdrawReason,
  reason: text.min(1),
});

import { z } from 'zod';
import { leftOut } from '../request/offers.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { agreedCost, costEstimate, forceId } from '../values.ts';

/** An offer as those may see it who have to do with it. */
export const offerView = z.object({
  offerId: commandId,
  lineId: token,
  donor: forceId,
  capabilityId: token,
  quantity: z.int(),
  acceptedQuantity: z.int().optional(),
  status: z.enum([
    /** Waits for the approval of its own force, and is shown to that alone. */
    'prepared',
    'made',
    'provisional',
    'accepted',
    'committed',
    'refused',
    'lapsing',
    'lapsed',
    'withdrawn',
    'not-selected',
    'closed',
  ]),
  /** The post that prepared it, which may not approve it. */
  preparedBy: token.optional(),
  condition: z.string().optional(),
  validUntil: instant.optional(),
  corrects: commandId.optional(),
  /** The offer that puts this one right. */
  correctedBy: commandId.optional(),
  /** Why it was withdrawn, refused or lapsed. */
  reasonCode: z.string().optional(),
  estimatedArrival: instant,
  confirmBy: instant.optional(),
  costEstimate: costEstimate.optional(),
  agreedCost: agreedCost.optional(),
  /** Deployment from which the units go on without going home. */
  continues: commandId.optional(),
  /** The host had not asked its force for the line. */
  unsolicited: z.literal(true).optional(),
  /** Units that the host took and could not have any more, where it let the minimum of the line suffice. */
  leftOut: leftOut.optional(),
});
export type OfferView = z.infer<typeof offerView>;

import { z } from 'zod';
import { commandId, token } from '../tokens.ts';
import { approval, forceId, orgId, rationale, text } from '../values.ts';
import { availableInOrder, offerContent, ofOffer } from './offers.ts';

/** A donor's own matter until it is approved: named by the donor and the id that the offer will have. */
const ofPreparation = { donor: forceId, offerId: commandId, host: orgId, requestId: commandId };

/** An offer above what the donor leaves to its policy; its host knows nothing of it. */
export const offerPrepared = availableInOrder(z.object({ ...ofOffer, ...offerContent, preparedBy: token }));

/** Another post of the donor has approved; the offer is made in the same append. */
export const offerApproved = z.object({ ...ofPreparation, approval });

/** The donor does not make the offer: its approver refuses, or its desk takes it back. */
export const offerRefused = z.object({
  ...ofPreparation,
  refusedBy: token,
  reason: text.min(1),
  rationale: rationale.optional(),
});

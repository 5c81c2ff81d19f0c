import { z } from 'zod';
import { offerWithdrawReason } from '../codes.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, orgId, text } from '../values.ts';

const ofOffer = { host: orgId, requestId: commandId, offerId: commandId, lineId: token, donor: forceId };

/** The condition of a provisional offer has come true: from now on the host may accept it. */
export const offerConditionMet = z.object({ ...ofOffer, by: token, note: text.min(1) });

/** The donor takes back an offer that nobody has accepted; what it was stays on record. */
export const offerWithdrawn = z.object({
  ...ofOffer,
  by: token,
  reasonCode: offerWithdrawReason,
  reason: text.min(1),
});

import { z } from 'zod';
import { declineReason } from '../codes.ts';
import { commandId } from '../tokens.ts';
import { name, orgId, rationale, text } from '../values.ts';
import { base } from './base.ts';

const ofOffer = { ...base, host: orgId, requestId: commandId, offerId: commandId };

/** Makes an offer that was prepared. */
const offerApprove = z.object({ ...ofOffer, rationale, authorityRank: name.optional() });

const offerRefuse = z.object({
  ...ofOffer,
  reason: text.min(1),
  rationale: rationale.optional(),
  /** Tells the host, too, that the force offers nothing for the line. */
  declineReason: declineReason.optional(),
});

export const PREPARATION_COMMANDS = { 'offer-approve': offerApprove, 'offer-refuse': offerRefuse };

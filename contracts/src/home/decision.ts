import { z } from 'zod';
import { homeRefusalReason, type Mode } from '../codes.ts';
import { duty } from '../duty/duty.ts';
import { refusal } from '../refusals.ts';
import { assertToken, commandId, token } from '../tokens.ts';
import { actor, text } from '../values.ts';

/**
 * What a person of a force decides about units that a host has reserved. It is for the force's own adapter, which
 * alone writes the home ledger; the broker never sees it.
 */
export const homeDecision = z
  .object({
    commandId,
    actor,
    capabilityId: token,
    bookingId: commandId,
    decision: z.enum(['confirm', 'refuse']),
    /** Why not; needed to refuse. */
    reasonCode: homeRefusalReason.optional(),
    /** How long the units have been at work already. */
    duty: duty.optional(),
    /** Why the force lends units that should rest. */
    override: text.min(1).optional(),
  })
  .refine((body) => body.decision === 'confirm' || body.reasonCode !== undefined, {
    message: 'is needed to refuse',
    path: ['reasonCode'],
  });
export type HomeDecisionBody = z.infer<typeof homeDecision>;

/** `repeated`: the ledger said it already. */
export const homeDecisionReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), commandId, repeated: z.boolean() }),
  refusal.extend({ ok: z.literal(false) }),
]);
export type HomeDecisionReply = z.infer<typeof homeDecisionReply>;

/** On which a force's adapter takes such decisions, if the force lets it; the server lets the hub alone send them. */
export const homeDecideSubject = (mode: Mode, force: string): string =>
  `decide.${mode}.${assertToken(force)}.home`;

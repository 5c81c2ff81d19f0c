import { z } from 'zod';
import { boardAction } from '../ask/board.ts';
import { MODES } from '../codes.ts';
import { refusal } from '../refusals.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { name, orgId, text } from '../values.ts';

/** Where a message went: an address is never part of it, only the post whose address it is. */
export const ALERT_CHANNELS = ['email', 'webhook'] as const;
export const alertChannel = z.enum(ALERT_CHANNELS);
export type AlertChannel = z.infer<typeof alertChannel>;

/** What waits for an organisation, as far as a message about it needs it. No text that a person wrote. */
export const alertMatter = boardAction
  .pick({ kind: true, item: true, host: true, requestId: true, by: true, desk: true })
  .extend({ noticeId: z.string() });

/**
 * Someone is called, out of hours, because something waits. One document for each thing that waits, written
 * anew with every step. It holds posts and no addresses.
 */
export const alert = alertMatter.extend({
  mode: z.enum(MODES),
  org: orgId,
  alertId: commandId,
  /** The desk's list by which it goes. */
  list: name,
  raisedAt: instant,
  /** Who has been called, in order. */
  called: z.array(z.object({ post: token, at: instant })).min(1),
  /** What has gone out. */
  sent: z.array(z.object({ step: z.int().min(0), channel: alertChannel, at: instant })),
  acknowledged: z.object({ by: token, at: instant, note: text.optional() }).optional(),
  /** When it did not wait any more. */
  endedAt: instant.optional(),
  /** When everybody had been called, and nobody had acknowledged in time. */
  unansweredAt: instant.optional(),
});
export type Alert = z.infer<typeof alert>;

/** An order to tell one post by one channel. */
export const alertOrder = z.object({
  mode: z.enum(MODES),
  org: orgId,
  alertId: commandId,
  /** Place in `called`. */
  step: z.int().min(0),
  post: token,
  channel: alertChannel,
});
export type AlertOrder = z.infer<typeof alertOrder>;

/** The alert as it is after the command. Sent again, a command that was done changes nothing. */
export const alertReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), alert }),
  refusal.extend({ ok: z.literal(false) }),
]);
export type AlertReply = z.infer<typeof alertReply>;

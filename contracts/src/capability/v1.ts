import { z } from 'zod';
import { capacityKind, withdrawReason } from '../codes.ts';
import { ACCREDITATIONS_MAX, RECIPIENTS_MAX, WINDOWS_MAX } from '../limits.ts';
import { instant, interval } from '../time.ts';
import { token } from '../tokens.ts';
import { capabilityCode, forceId, name, place, quantity, scheme, text } from '../values.ts';

/** To whom a capability may be lent. */
export const releasableTo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('national') }),
  z.object({ kind: z.literal('region') }),
  z.object({ kind: z.literal('forces'), forces: z.array(forceId).min(1).max(RECIPIENTS_MAX) }),
]);
export type ReleasableTo = z.infer<typeof releasableTo>;

/** A scheme that the capability holds, and the last instant at which it is in date (none: it does not lapse). */
export const accreditation = z.object({ scheme, validTo: instant.optional() });
export type Accreditation = z.infer<typeof accreditation>;

/**
 * The full state of one capability, published by its own force on its own subject and renewed before
 * `expiresAt`. `quantity` is gross: what the force would lend if nothing were booked through the mesh.
 */
export const capabilityAdvertised = z.object({
  force: forceId,
  capabilityId: token,
  /** Counts the changes of this advert, from 1; a renewal without a change keeps it. */
  revision: z.int().min(1),
  code: capabilityCode,
  kind: capacityKind,
  quantity,
  quantityUnit: name,
  base: place,
  /** Notice to move, in minutes, 0 to 43,200 (30 days). */
  noticeMinutes: z.int().min(0).max(43_200),
  windows: z.array(interval).min(1).max(WINDOWS_MAX),
  releasableTo,
  accreditations: z.array(accreditation).max(ACCREDITATIONS_MAX),
  /** What the force keeps when it answers by policy; a person may go below it. */
  reserveFloor: z.int().min(0),
  /** Rest before the next deployment, in minutes. */
  minRestMinutes: z.int().min(0).max(43_200),
  status: z.enum(['available', 'unavailable']),
  /** For a queue: items waiting when the advert was made. */
  backlog: z.int().min(0).optional(),
  remarks: text.optional(),
  expiresAt: instant,
});
export type CapabilityAdvertised = z.infer<typeof capabilityAdvertised>;

/** The force takes a capability off the mesh; bookings already made stand. */
export const capabilityWithdrawn = z.object({
  force: forceId,
  capabilityId: token,
  revision: z.int().min(1),
  reasonCode: withdrawReason,
});
export type CapabilityWithdrawn = z.infer<typeof capabilityWithdrawn>;

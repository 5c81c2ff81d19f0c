import { z } from 'zod';
import { bookingChange } from '../booking/v1.ts';
import { homeRefusalReason } from '../codes.ts';
import { continued } from '../deployment/next.ts';
import { duty } from '../duty/duty.ts';
import { ACCEPTED_OFFERS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { approval, forceId, orgId, quantity, text } from '../values.ts';

const ofCapability = { donor: forceId, capabilityId: token };
const ofBooking = { bookingId: commandId, token: z.int().min(1) };

/** Names further time of a booking, of which the deployment is named like the booking. */
const ofExtension = {
  ...ofBooking,
  extensionId: commandId,
  extensionToken: z.int().min(1),
  host: orgId,
  requestId: commandId,
};

/** One entry in a donor's own ledger. */
export const homeEntry = z.discriminatedUnion('kind', [
  /** What the hub's ledger said, in the hub's order. */
  z.object({
    kind: z.literal('seen'),
    bookingVersion: z.int().min(1),
    changes: z.array(bookingChange).max(ACCEPTED_OFFERS_MAX),
  }),
  /** The force lends: from here on it is a commitment. `gross` is what the check was made against. */
  z.object({
    kind: z.literal('confirmed'),
    ...ofBooking,
    host: orgId,
    requestId: commandId,
    quantity,
    from: instant,
    to: instant,
    gross: z.int().min(1),
    approval,
    duty: duty.optional(),
    /** Why the force lends units that should rest. */
    override: text.min(1).optional(),
    /** The same units go on from another booking. */
    continues: continued.optional(),
  }),
  z.object({
    kind: z.literal('refused'),
    ...ofBooking,
    host: orgId,
    requestId: commandId,
    reasonCode: homeRefusalReason,
  }),
  /** Answer to a lapsing booking that was not confirmed, and never will be. */
  z.object({ kind: z.literal('void'), ...ofBooking, host: orgId, requestId: commandId }),
  /** The force lends for longer: `from` is the end until now. */
  z.object({
    kind: z.literal('extension-confirmed'),
    ...ofExtension,
    quantity,
    from: instant,
    to: instant,
    gross: z.int().min(1),
    approval,
  }),
  z.object({ kind: z.literal('extension-refused'), ...ofExtension, reasonCode: homeRefusalReason }),
  /** The force uses its own capability. */
  z.object({
    kind: z.literal('used'),
    useId: commandId,
    quantity,
    from: instant,
    to: instant,
    gross: z.int().min(1),
    reason: text.optional(),
  }),
  z.object({ kind: z.literal('use-returned'), useId: commandId, at: instant }),
]);
export type HomeEntry = z.infer<typeof homeEntry>;

/** Genesis record of a capability in its own force's ledger. */
export const homeOpened = z.object({ ...ofCapability, homeVersion: z.literal(0) });

/** What the home force recorded or decided, under one version. */
export const homeRecorded = z.object({
  ...ofCapability,
  /** Counts the records of this capability in this ledger, from 1, without a gap. */
  homeVersion: z.int().min(1),
  entries: z.array(homeEntry).min(1).max(ACCEPTED_OFFERS_MAX),
});

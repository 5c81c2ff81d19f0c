import { z } from 'zod';
import { homeRefusalReason, lapseReason, releaseReason } from '../codes.ts';
import { extensionEndReason } from '../deployment/extension.ts';
import { continued } from '../deployment/next.ts';
import { dutyOverride } from '../duty/duty.ts';
import { ACCEPTED_OFFERS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, name, orgId, quantity } from '../values.ts';

const ofCapability = { donor: forceId, capabilityId: token };

/** Names one booking of a capability: the offer's id, and the fencing token of its reservation. */
const ofBooking = { bookingId: commandId, token: z.int().min(1) };

/** Names further time of a booking, and the fencing token of its own reservation. */
const ofExtension = { extensionId: commandId, extensionToken: z.int().min(1) };

/** What the reservation took the advert to be; over-commitment is judged against this. */
export const reliedOn = z.object({
  revision: z.int().min(1),
  quantity,
  windowFrom: instant,
  windowTo: instant,
  expiresAt: instant,
  /** Rest between two deployments that the advert asked for, in minutes. */
  minRestMinutes: z.int().min(0).max(43_200).optional(),
});
export type ReliedOn = z.infer<typeof reliedOn>;

/** Why units were reserved that nobody had offered. */
export const callKind = z.enum(['plan', 'direction', 'agreement']);
export type CallKind = z.infer<typeof callKind>;

/** One change of one booking. The states and who may cause each are the table of design D3a. */
export const bookingChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reserved'),
    ...ofBooking,
    host: orgId,
    requestId: commandId,
    lineId: token,
    quantity,
    from: instant,
    to: instant,
    confirmBy: instant,
    reliedOn,
    /** Reserved without an offer, and why; none: an offer was accepted. */
    called: callKind.optional(),
    /** Rules of rest or working time were passed over for it: a person of the home force decides. */
    override: dutyOverride.optional(),
    /** The same units go on from another booking, which ends when home has confirmed this one. */
    continues: continued.optional(),
    /** The matching policy by which it was chosen; none: nobody ranked it, as for a direction or an agreement. */
    policyVersion: name.optional(),
  }),
  z.object({ kind: z.literal('confirmed'), ...ofBooking, homeVersion: z.int().min(1) }),
  z.object({
    kind: z.literal('refused'),
    ...ofBooking,
    homeVersion: z.int().min(1),
    reasonCode: homeRefusalReason,
  }),
  z.object({ kind: z.literal('lapsing'), ...ofBooking, reasonCode: lapseReason }),
  z.object({ kind: z.literal('void'), ...ofBooking, homeVersion: z.int().min(1) }),
  z.object({ kind: z.literal('released'), ...ofBooking, reasonCode: releaseReason }),
  z.object({ kind: z.literal('returned'), ...ofBooking, at: instant }),
  /** The units have gone on to their next assignment, whose booking holds them from here on. */
  z.object({ kind: z.literal('handed-on'), ...ofBooking, next: commandId, at: instant }),
  /** Further time is reserved for units that are lent: from the end of their booking to `to`. */
  z.object({
    kind: z.literal('extending'),
    ...ofBooking,
    ...ofExtension,
    to: instant,
    confirmBy: instant,
    reliedOn,
    override: dutyOverride.optional(),
  }),
  /** The home ledger has the further time: the booking ends at `to`. */
  z.object({
    kind: z.literal('extended'),
    ...ofBooking,
    ...ofExtension,
    to: instant,
    homeVersion: z.int().min(1),
  }),
  /** The further time is free again; the booking ends as before. */
  z.object({
    kind: z.literal('extension-ended'),
    ...ofBooking,
    ...ofExtension,
    because: extensionEndReason.exclude(['answer-time-passed']),
    /** Where the home ledger said so. */
    homeVersion: z.int().min(1).optional(),
  }),
]);
export type BookingChange = z.infer<typeof bookingChange>;

/** Genesis record of a capability in the ledger, written with its first advert. */
export const bookingOpened = z.object({ ...ofCapability, bookingVersion: z.literal(0) });

/** All that one command changes in the bookings of one capability, under one version. */
export const bookingChanged = z.object({
  ...ofCapability,
  /** Counts the changes of this capability's bookings, from 1, without a gap. */
  bookingVersion: z.int().min(1),
  changes: z.array(bookingChange).min(1).max(ACCEPTED_OFFERS_MAX),
});

/** A later, smaller advert leaves standing bookings uncovered; people settle which. */
export const bookingShortfall = z.object({
  ...ofCapability,
  bookingVersion: z.int().min(1),
  advertRevision: z.int().min(1),
  advertised: z.int().min(0),
  booked: z.int().min(1),
  from: instant,
  to: instant,
});

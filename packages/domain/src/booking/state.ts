import type { BookingChange, HomeRefusalReason, LapseReason, ReleaseReason } from '@muster/contracts';

type Reserved = Extract<BookingChange, { kind: 'reserved' }>;

/** What stays the same over the life of a booking. */
export type BookingFacts = Omit<Reserved, 'kind'>;

/** One booking of a capability, by where it stands. */
export type Booking = BookingFacts &
  (
    | { status: 'reserved' }
    | { status: 'confirmed'; homeVersion: number }
    | { status: 'refused'; homeVersion: number; reasonCode: HomeRefusalReason }
    | { status: 'lapsing'; reasonCode: LapseReason }
    | { status: 'void'; homeVersion: number }
    | { status: 'released'; reasonCode: ReleaseReason }
    | { status: 'returned'; at: string }
  );
export type BookingStatus = Booking['status'];

/** All bookings of one capability, as the hub's ledger has them. */
export type BookingState = {
  donor: string;
  capabilityId: string;
  /** Changes so far; 0 at genesis. The next change carries the next number. */
  bookingVersion: number;
  bookings: ReadonlyMap<string, Booking>;
  /** Revision of the advert for which a shortfall was last raised; 0 for none. */
  shortfallRevision: number;
};

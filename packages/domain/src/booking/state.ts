import type {
  BookingChange,
  EventData,
  HomeRefusalReason,
  LapseReason,
  ReleaseReason,
} from '@muster/contracts';

type Reserved = Extract<BookingChange, { kind: 'reserved' }>;

/** What stays the same over the life of a booking. */
export type BookingFacts = Omit<Reserved, 'kind'>;

/** Further time that is reserved for the units and that the home ledger has not confirmed yet. */
export type PendingExtension = Omit<
  Extract<BookingChange, { kind: 'extending' }>,
  'kind' | 'bookingId' | 'token'
>;

/** One booking of a capability, by where it stands. */
export type Booking = BookingFacts &
  (
    | { status: 'reserved' }
    | { status: 'confirmed'; homeVersion: number; extension?: PendingExtension | undefined }
    | { status: 'refused'; homeVersion: number; reasonCode: HomeRefusalReason }
    | { status: 'lapsing'; reasonCode: LapseReason }
    | { status: 'void'; homeVersion: number }
    | { status: 'released'; reasonCode: ReleaseReason }
    | { status: 'returned'; at: string }
    /** Its units went on to the booking `next`, which holds them. */
    | { status: 'handed-on'; at: string; next: string }
  );
export type BookingStatus = Booking['status'];

/** What a shortfall said: so much was advertised, and so much booked over that span. */
export type Shortfall = Pick<
  EventData<'muster.booking.shortfall.v1'>,
  'advertRevision' | 'advertised' | 'booked' | 'from' | 'to'
>;

/** All bookings of one capability, as the hub's ledger has them. */
export type BookingState = {
  donor: string;
  capabilityId: string;
  /** Changes so far; 0 at genesis. The next change carries the next number. */
  bookingVersion: number;
  bookings: ReadonlyMap<string, Booking>;
  /** The last shortfall that was raised. */
  shortfall?: Shortfall | undefined;
};

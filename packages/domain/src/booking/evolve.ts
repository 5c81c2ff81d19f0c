import type { BookingChange, MusterEvent } from '@muster/contracts';
import type { Booking, BookingFacts, BookingState, BookingStatus, Shortfall } from './state.ts';

export type BookingEvent = MusterEvent<
  'muster.booking.opened.v1' | 'muster.booking.changed.v1' | 'muster.booking.shortfall.v1'
>;

/** What may become of a booking (ADR 0002). */
const MAY_BECOME: Readonly<Record<BookingStatus, readonly BookingStatus[]>> = {
  reserved: ['confirmed', 'refused', 'lapsing'],
  lapsing: ['void', 'confirmed'],
  confirmed: ['released'],
  released: ['returned', 'handed-on'],
  refused: [],
  void: [],
  returned: [],
  'handed-on': [],
};

type OfExtension = Extract<BookingChange, { extensionToken: number }>;

const isOfExtension = (change: BookingChange): change is OfExtension => 'extensionToken' in change;

/** Only units that are lent are extended, once at a time, and only what was reserved for it ends it. */
const mayExtend = (booking: Booking, change: OfExtension): boolean => {
  if (booking.status !== 'confirmed') return false;
  return change.kind === 'extending'
    ? booking.extension === undefined && change.to > booking.to
    : booking.extension?.extensionToken === change.extensionToken;
};

const extended = (booking: Booking, change: OfExtension): Booking => {
  if (booking.status !== 'confirmed') return booking;
  const { extension: _, ...before } = booking;
  switch (change.kind) {
    case 'extending': {
      const { kind: _kind, bookingId: _id, token: _token, ...extension } = change;
      return { ...before, extension };
    }
    case 'extended':
      return { ...before, to: change.to };
    case 'extension-ended':
      return before;
  }
};

/** Whether the table lets this change happen to the booking as it stands; undefined for one that is not there. */
export const mayChange = (booking: Booking | undefined, change: BookingChange): boolean => {
  if (!booking) return change.kind === 'reserved';
  if (booking.token !== change.token) return false;
  return isOfExtension(change)
    ? mayExtend(booking, change)
    : MAY_BECOME[booking.status].some((status) => status === change.kind);
};

const factsOf = (booking: BookingFacts): BookingFacts => {
  const { bookingId, token, host, requestId, lineId, quantity, from, to, confirmBy, reliedOn } = booking;
  const facts = { bookingId, token, host, requestId, lineId, quantity, from, to, confirmBy, reliedOn };
  return {
    ...facts,
    ...(booking.called && { called: booking.called }),
    ...(booking.override && { override: booking.override }),
    ...(booking.continues && { continues: booking.continues }),
  };
};

type Step = Exclude<BookingChange, { kind: 'reserved' } | OfExtension>;

const changed = (facts: BookingFacts, change: Step): Booking => {
  switch (change.kind) {
    case 'confirmed':
      return { ...facts, status: 'confirmed', homeVersion: change.homeVersion };
    case 'refused':
      return {
        ...facts,
        status: 'refused',
        homeVersion: change.homeVersion,
        reasonCode: change.reasonCode,
      };
    case 'lapsing':
      return { ...facts, status: 'lapsing', reasonCode: change.reasonCode };
    case 'void':
      return { ...facts, status: 'void', homeVersion: change.homeVersion };
    case 'released':
      return { ...facts, status: 'released', reasonCode: change.reasonCode };
    case 'returned':
      return { ...facts, status: 'returned', at: change.at };
    case 'handed-on':
      return { ...facts, status: 'handed-on', at: change.at, next: change.next };
  }
};

/** Takes one change in. What the table does not allow is left out: a reader takes the ledger as it is. */
export const applyChange = (bookings: Map<string, Booking>, change: BookingChange): void => {
  const booking = bookings.get(change.bookingId);
  if (!mayChange(booking, change)) return;
  if (isOfExtension(change)) {
    if (booking) bookings.set(change.bookingId, extended(booking, change));
  } else if (change.kind === 'reserved') {
    bookings.set(change.bookingId, { ...factsOf(change), status: 'reserved' });
  } else if (booking) {
    bookings.set(change.bookingId, changed(factsOf(booking), change));
  }
};

type Own = BookingState & { bookings: Map<string, Booking> };

const opened = ({ donor, capabilityId }: BookingEvent['data']): Own => ({
  donor,
  capabilityId,
  bookingVersion: 0,
  bookings: new Map(),
});

const shortfallOf = ({ data }: MusterEvent<'muster.booking.shortfall.v1'>): Shortfall => {
  const { advertRevision, advertised, booked, from, to } = data;
  return { advertRevision, advertised, booked, from, to };
};

/** Changes a private copy in place; the same rules as {@link evolveBooking}. */
export const applyBooking = (before: Own | undefined, event: BookingEvent): Own => {
  const state = before ?? opened(event.data);
  switch (event.type) {
    case 'muster.booking.opened.v1':
      return state;
    case 'muster.booking.changed.v1':
      for (const change of event.data.changes) applyChange(state.bookings, change);
      state.bookingVersion = event.data.bookingVersion;
      return state;
    case 'muster.booking.shortfall.v1':
      state.shortfall = shortfallOf(event);
      return state;
  }
};

export const copyBooking = (state: BookingState): Own => ({ ...state, bookings: new Map(state.bookings) });

/** The bookings of one capability after one more event of the hub's ledger. */
export const evolveBooking = (state: BookingState | undefined, event: BookingEvent): BookingState =>
  applyBooking(state && copyBooking(state), event);

import type { CapacityKind, Interval } from '@muster/contracts';
import { END_OF_TIME } from '../time/instants.ts';
import type { Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import type { Booking } from './state.ts';

/** The span that a booking takes, or undefined when it takes nothing (any more). */
const spanOf = (booking: Booking, kind: CapacityKind, now: string): Interval | undefined => {
  const { from, to } = booking;
  switch (booking.status) {
    case 'reserved':
    case 'lapsing':
      return { from, to };
    case 'confirmed':
    case 'released':
      // Nobody knows when units that are overdue come home, so they are promised to no one until they are.
      // A queue's items are work that was done in its weeks: nothing of it comes home.
      return { from, to: to > now || kind === 'queue' ? to : END_OF_TIME };
    case 'returned':
      return from < booking.at ? { from, to: booking.at } : undefined;
    case 'refused':
    case 'void':
      return undefined;
  }
};

/** What the bookings take of a capability, span by span. `now` matters for units that are overdue. */
export const heldBy = (bookings: Iterable<Booking>, kind: CapacityKind, now: string): Taken[] => {
  const taken: Taken[] = [];
  for (const booking of bookings) {
    const span = spanOf(booking, kind, now);
    if (span) taken.push(spanFor(kind, { ...span, quantity: booking.quantity }));
  }
  return taken;
};

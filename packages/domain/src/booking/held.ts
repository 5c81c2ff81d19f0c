import type { CapacityKind, Interval } from '@muster/contracts';
import { addMs, later } from '../time/instants.ts';
import type { Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import type { Booking } from './state.ts';

/** The span that a booking takes, or undefined when it takes nothing (any more). */
const spanOf = (booking: Booking, now: string): Interval | undefined => {
  const { from, to } = booking;
  switch (booking.status) {
    case 'reserved':
    case 'lapsing':
      return { from, to };
    case 'confirmed':
    case 'released':
      // Units that are not reported home are not there to be lent again, even when their time is over.
      return { from, to: to > now ? to : later(to, addMs(now, 1)) };
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
    const span = spanOf(booking, now);
    if (span) taken.push(spanFor(kind, { ...span, quantity: booking.quantity }));
  }
  return taken;
};

import type { CapacityKind, Interval } from '@muster/contracts';
import { addMinutes, END_OF_TIME, later } from '../time/instants.ts';
import type { Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import type { Booking } from './state.ts';

/** The span that a booking takes, or undefined when it takes nothing (any more). */
const spanOf = (booking: Booking, kind: CapacityKind, now: string): Interval | undefined => {
  const { from } = booking;
  // Further time that is reserved is taken as well; home may have confirmed it already.
  const isExtending = booking.status === 'confirmed' && booking.extension !== undefined;
  const to = isExtending ? later(booking.to, booking.extension?.to ?? '') : booking.to;
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

/** A span with the rest that follows it. A queue's work is done by nobody who has to rest. */
export const withRest = <T extends Interval>(span: T, kind: CapacityKind, restMinutes: number): T =>
  kind === 'queue' || restMinutes === 0 || span.to === END_OF_TIME
    ? span
    : { ...span, to: addMinutes(span.to, restMinutes) };

/**
 * What the bookings take of a capability, span by span. `now` matters for units that are overdue.
 * @param restMinutes rest after each booking that is to count as taken too; 0 for what is really taken.
 */
export const heldBy = (
  bookings: Iterable<Booking>,
  kind: CapacityKind,
  now: string,
  restMinutes = 0,
): Taken[] => {
  const taken: Taken[] = [];
  for (const booking of bookings) {
    const span = spanOf(booking, kind, now);
    if (!span) continue;
    taken.push(spanFor(kind, withRest({ ...span, quantity: booking.quantity }, kind, restMinutes)));
  }
  return taken;
};

import type { CapacityKind, Interval } from '@muster/contracts';
import { addMinutes, END_OF_TIME, earlier, later } from '../time/instants.ts';
import type { Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import type { Booking } from './state.ts';

/** The span that a booking takes, or undefined when it takes nothing (any more). */
const spanOf = (booking: Booking, kind: CapacityKind, now: string): Interval | undefined => {
  // Units that come from another assignment are taken from its start on: never free in between.
  const from = booking.continues ? earlier(booking.continues.since, booking.from) : booking.from;
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
    case 'handed-on':
      return undefined;
  }
};

const GOING_ON: readonly Booking['status'][] = ['reserved', 'lapsing', 'confirmed', 'released'];

/** The bookings whose units are to go on to another of them, by id: the other counts for both. */
const goingOn = (bookings: readonly Booking[]): ReadonlyMap<string, Booking> => {
  const found = new Map<string, Booking>();
  for (const { continues, status } of bookings) {
    if (!continues || !GOING_ON.includes(status)) continue;
    const before = bookings.find(({ bookingId }) => bookingId === continues.bookingId);
    if (before?.status === 'released') found.set(before.bookingId, before);
  }
  return found;
};

/** The span of a booking, joined with that of the one which its units come from. */
const joined = (
  booking: Booking,
  earlierOnes: ReadonlyMap<string, Booking>,
  kind: CapacityKind,
  now: string,
): Interval | undefined => {
  const span = spanOf(booking, kind, now);
  const before = booking.continues && earlierOnes.get(booking.continues.bookingId);
  const until = before && spanOf(before, kind, now)?.to;
  return span && until ? { ...span, to: later(span.to, until) } : span;
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
  const all = [...bookings];
  const earlierOnes = goingOn(all);
  for (const booking of all) {
    if (earlierOnes.has(booking.bookingId)) continue;
    const span = joined(booking, earlierOnes, kind, now);
    if (!span) continue;
    taken.push(spanFor(kind, withRest({ ...span, quantity: booking.quantity }, kind, restMinutes)));
  }
  return taken;
};

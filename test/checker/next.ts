import type { Fact } from './facts.ts';
import { type Booking, capabilityKey, type HubCapability } from './hub.ts';
import type { Note } from './report.ts';
import { earlier, later, type Taken } from './spans.ts';

const LIVE: readonly string[] = ['reserved', 'lapsing', 'confirmed', 'released'];

/** What the bookings take: units that go on from one to the next are taken once, without a gap in between. */
export const joinedWith = (
  bookings: readonly Booking[],
  spanOf: (booking: Booking) => Taken | undefined,
): Taken[] => {
  const spans = new Map<Booking, Taken>();
  for (const booking of bookings) {
    const span = spanOf(booking);
    if (span) spans.set(booking, span);
  }
  for (const booking of bookings) {
    const span = spans.get(booking);
    const { continues } = booking;
    if (!continues || !span || !LIVE.includes(booking.state)) continue;
    span.from = earlier(span.from, continues.since);
    const before = bookings.find(
      (each) => each.bookingId === continues.bookingId && each.state === 'released',
    );
    const held = before && spans.get(before);
    if (!before || !held) continue;
    span.to = later(span.to, held.to);
    spans.delete(before);
  }
  return [...spans.values()];
};

const illegal = (note: Note, fact: Fact<'muster.booking.changed.v1'>, id: string, because: string): void =>
  note('booking-step-illegal', `booking ${capabilityKey(fact.data)} ${id}`, fact.seq, because);

/** Units go on whole, from what they were released from, to one next assignment, in the step that confirms it. */
export const checkNext = (of: HubCapability, fact: Fact<'muster.booking.changed.v1'>, note: Note): void => {
  const { changes } = fact.data;
  const all = [...of.bookings.values()];
  for (const change of changes) {
    if (change.kind === 'handed-on') {
      const isConfirmed = changes.some(
        ({ kind, bookingId }) => kind === 'confirmed' && bookingId === change.next,
      );
      const isMeant = all.some(
        ({ bookingId, continues }) => bookingId === change.next && continues?.bookingId === change.bookingId,
      );
      if (!isConfirmed || !isMeant) illegal(note, fact, change.bookingId, `handed on to ${change.next}`);
    }
    const next = all.find(({ bookingId, token }) => bookingId === change.bookingId && token === change.token);
    if (!next?.continues) continue;
    const { bookingId, since } = next.continues;
    if (change.kind === 'confirmed') {
      const isLeft = changes.some((each) => each.kind === 'handed-on' && each.bookingId === bookingId);
      if (!isLeft) illegal(note, fact, change.bookingId, `confirmed, and ${bookingId} holds its units too`);
    }
    if (change.kind !== 'reserved') continue;
    const before = all.find((each) => each.bookingId === bookingId);
    const rivals = all.filter(
      (each) => each.continues?.bookingId === bookingId && ['reserved', 'lapsing'].includes(each.state),
    );
    const isWhole = before?.state === 'released' && before.quantity === change.quantity;
    const isSince = since === (before?.continues?.since ?? before?.from);
    if (!isWhole || !isSince || rivals.length > 1)
      illegal(note, fact, change.bookingId, `continues ${bookingId}, whose units cannot go on`);
  }
};

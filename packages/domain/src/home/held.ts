import type { CapacityKind } from '@muster/contracts';
import { heldBy } from '../booking/held.ts';
import type { Booking } from '../booking/state.ts';
import { earlier } from '../time/instants.ts';
import type { Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import type { HomeState } from './state.ts';

/** What the force uses itself, span by span. */
export const usedBy = (state: Pick<HomeState, 'uses'>, kind: CapacityKind): Taken[] => {
  const taken: Taken[] = [];
  for (const { from, to, quantity, returnedAt } of state.uses.values()) {
    const end = returnedAt === undefined ? to : earlier(to, returnedAt);
    if (from < end) taken.push(spanFor(kind, { from, to: end, quantity }));
  }
  return taken;
};

/** The bookings that this force confirmed, as it must count them whatever the hub has made of its answer. */
const confirmedOf = (state: HomeState): Booking[] =>
  [...state.bookings.values()].flatMap((booking): Booking[] => {
    const verdict = state.verdicts.get(booking.bookingId);
    if (verdict?.verdict !== 'confirmed') return [];
    const isOpen = booking.status === 'reserved' || booking.status === 'lapsing';
    return isOpen ? [{ ...booking, status: 'confirmed', homeVersion: verdict.homeVersion }] : [booking];
  });

/** What the force has committed, span by span; units count until the hub shows them returned. */
export const committedBy = (
  state: HomeState,
  kind: CapacityKind,
  now: string,
  restMinutes = 0,
  except?: string,
): Taken[] =>
  heldBy(
    confirmedOf(state).filter(({ bookingId }) => bookingId !== except),
    kind,
    now,
    restMinutes,
  );

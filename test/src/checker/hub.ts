import type { Change, Fact, Reserved } from './facts.ts';
import type { Note } from './report.ts';
import { earlier, peakWithin, type Taken } from './spans.ts';

export type BookingState = Change['kind'];

/** One booking as the hub's ledger leaves it. */
export type Booking = Reserved & {
  donor: string;
  capabilityId: string;
  state: BookingState;
  /** Every state that it passed through. */
  path: BookingState[];
  seq: number;
  /** When the server stored its last change. */
  changedAt: string;
  /** End of its hold on the units: the planned end, or the earlier return. */
  holdTo: string;
};

export type HubCapability = {
  version: number;
  /** By booking id and token: one offer may be reserved again under a new token. */
  bookings: Map<string, Booking>;
  /** What each version changed. */
  changes: Map<number, readonly Change[]>;
};

export const capabilityKey = (of: { donor: string; capabilityId: string }): string =>
  `${of.donor}/${of.capabilityId}`;
export const bookingKey = (of: { bookingId: string; token: number }): string => `${of.bookingId}#${of.token}`;

const MAY_FOLLOW: Record<Exclude<BookingState, 'reserved'>, readonly BookingState[]> = {
  confirmed: ['reserved', 'lapsing'],
  refused: ['reserved', 'lapsing'],
  lapsing: ['reserved'],
  void: ['lapsing'],
  released: ['confirmed'],
  returned: ['confirmed', 'released'],
};

const HOLDING: readonly BookingState[] = ['reserved', 'confirmed', 'lapsing', 'released', 'returned'];

const holds = (bookings: Iterable<Booking>): Taken[] =>
  [...bookings]
    .filter((booking) => HOLDING.includes(booking.state))
    .map((booking) => ({
      what: booking.bookingId,
      from: booking.from,
      to: booking.holdTo,
      quantity: booking.quantity,
    }));

const applyChange = (
  of: HubCapability,
  fact: Fact<'muster.booking.changed.v1'>,
  change: Change,
  note: Note,
) => {
  const where = `booking ${capabilityKey(fact.data)} ${change.bookingId}`;
  const key = bookingKey(change);
  if (change.kind === 'reserved') {
    if (change.token !== fact.data.bookingVersion)
      note(
        'token-wrong',
        where,
        fact.seq,
        `reserved with token ${change.token} at version ${fact.data.bookingVersion}`,
      );
    if (of.bookings.has(key)) note('booking-step-illegal', where, fact.seq, 'reserved twice under one token');
    const { donor, capabilityId } = fact.data;
    const { seq, storedAt: changedAt } = fact;
    of.bookings.set(key, {
      ...change,
      ...{ donor, capabilityId, seq, changedAt },
      state: 'reserved',
      path: ['reserved'],
      holdTo: change.to,
    });
    return;
  }
  const booking = of.bookings.get(key);
  if (!booking) {
    note(
      'token-wrong',
      where,
      fact.seq,
      `${change.kind} cites token ${change.token}, under which nothing was reserved`,
    );
    return;
  }
  if (!MAY_FOLLOW[change.kind].includes(booking.state))
    note('booking-step-illegal', where, fact.seq, `${change.kind} after ${booking.state}`);
  booking.state = change.kind;
  booking.path.push(change.kind);
  booking.changedAt = fact.storedAt;
  if (change.kind === 'returned') booking.holdTo = earlier(booking.to, change.at);
};

const checkCapacity = (of: HubCapability, fact: Fact<'muster.booking.changed.v1'>, note: Note): void => {
  const taken = holds(of.bookings.values());
  for (const change of fact.data.changes) {
    if (change.kind !== 'reserved') continue;
    const peak = peakWithin(taken, change.from, change.to);
    if (peak.quantity > change.reliedOn.quantity)
      note(
        'over-committed-hub',
        `booking ${capabilityKey(fact.data)}`,
        fact.seq,
        `${peak.quantity} of ${change.reliedOn.quantity} taken at ${peak.at} by ${peak.by.join(', ')}`,
      );
  }
};

const checkVersion = (of: HubCapability | undefined, fact: BookingFact, note: Note): void => {
  const { bookingVersion } = fact.data;
  const where = `booking ${capabilityKey(fact.data)}`;
  if (fact.type === 'muster.booking.opened.v1') {
    if (of) note('version-out-of-order', where, fact.seq, 'opened a second time');
    return;
  }
  if (!of) {
    note('version-out-of-order', where, fact.seq, `version ${bookingVersion} without a genesis record`);
  } else if (fact.type === 'muster.booking.shortfall.v1' && bookingVersion === of.version) {
    // A shortfall changes no booking, so it may stand under the version that it speaks of.
    return;
  } else if (bookingVersion !== of.version + 1) {
    note('version-out-of-order', where, fact.seq, `version ${bookingVersion} follows ${of.version}`);
  }
};

export type BookingFact = Fact<
  'muster.booking.opened.v1' | 'muster.booking.changed.v1' | 'muster.booking.shortfall.v1'
>;

/** Replays the booking records of the hub's ledger and judges each against what went before. */
export const replayHub = (facts: readonly BookingFact[], note: Note): Map<string, HubCapability> => {
  const capabilities = new Map<string, HubCapability>();
  for (const fact of facts) {
    const key = capabilityKey(fact.data);
    const before = capabilities.get(key);
    checkVersion(before, fact, note);
    const of = before ?? { version: 0, bookings: new Map(), changes: new Map() };
    capabilities.set(key, of);
    of.version = Math.max(of.version, fact.data.bookingVersion);
    if (fact.type !== 'muster.booking.changed.v1') continue;
    of.changes.set(fact.data.bookingVersion, fact.data.changes);
    for (const change of fact.data.changes) applyChange(of, fact, change, note);
    checkCapacity(of, fact, note);
  }
  return capabilities;
};

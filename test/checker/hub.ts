import { applyExtension, isOfExtension } from './extensions.ts';
import type { Change, Fact, Reserved } from './facts.ts';
import { checkNext, joinedWith } from './next.ts';
import type { Note } from './report.ts';
import { checkRest } from './rest.ts';
import { awayUntil, inWeeks, later, peakWithin, type Taken } from './spans.ts';

export type BookingState = Exclude<Change, { extensionToken: number }>['kind'];

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
  /** When it ends now, further time included that home has confirmed. */
  end: string;
  /** Further time that is reserved and not confirmed yet. */
  pending?: { token: number; to: string; confirmBy: string; seq: number } | undefined;
  /** When the units came home. */
  returnedAt?: string;
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
  refused: ['reserved'],
  lapsing: ['reserved'],
  void: ['lapsing'],
  released: ['confirmed'],
  returned: ['released'],
  'handed-on': ['released'],
};

/** When a booking lets go of its units, as seen at some moment; undefined: it holds none. */
const heldUntil = (booking: Booking, now: string, isQueue: boolean): string | undefined => {
  switch (booking.state) {
    case 'reserved':
    case 'lapsing':
      return booking.to;
    case 'confirmed':
      return awayUntil(later(booking.end, booking.pending?.to ?? ''), now, isQueue);
    case 'released':
      return awayUntil(booking.end, now, isQueue);
    case 'returned':
      return booking.returnedAt;
    case 'refused':
    case 'void':
    case 'handed-on':
      return undefined;
  }
};

const holds = (bookings: Iterable<Booking>, now: string, isQueue: boolean): Taken[] =>
  joinedWith([...bookings], (booking): Taken | undefined => {
    const to = heldUntil(booking, now, isQueue);
    const { bookingId: what, from, quantity } = booking;
    return to === undefined || to <= from ? undefined : { what, from, to, quantity };
  });

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
      ...{ donor, capabilityId, seq, changedAt, end: change.to },
      state: 'reserved',
      path: ['reserved'],
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
  if (isOfExtension(change)) {
    applyExtension(booking, change, { bookingVersion: fact.data.bookingVersion, seq: fact.seq }, note);
    return;
  }
  if (!MAY_FOLLOW[change.kind].includes(booking.state))
    note('booking-step-illegal', where, fact.seq, `${change.kind} after ${booking.state}`);
  booking.state = change.kind;
  booking.path.push(change.kind);
  booking.changedAt = fact.storedAt;
  if (change.kind === 'returned') booking.returnedAt = change.at;
};

/** The end of a booking before its further time. */
const endOf = ({ bookings }: HubCapability, change: { bookingId: string; token: number }): string =>
  bookings.get(bookingKey(change))?.end ?? '';

const checkCapacity = (
  of: HubCapability,
  fact: Fact<'muster.booking.changed.v1'>,
  isQueue: boolean,
  note: Note,
): void => {
  const spans = holds(of.bookings.values(), fact.time, isQueue);
  // A queue lends items a week, so whatever touches a week counts for all of it.
  const taken = isQueue ? spans.map(inWeeks) : spans;
  for (const change of fact.data.changes) {
    if (change.kind !== 'reserved' && change.kind !== 'extending') continue;
    const from = change.kind === 'reserved' ? change.from : later(endOf(of, change), fact.time);
    const peak = peakWithin(taken, from, change.to);
    if (peak.quantity > change.reliedOn.quantity)
      note(
        'over-committed-hub',
        `booking ${capabilityKey(fact.data)}`,
        fact.seq,
        `${peak.quantity} of ${change.reliedOn.quantity} taken at ${peak.at} by ${peak.by.join(', ')}`,
      );
    if (!isQueue && change.kind === 'reserved')
      checkRest({ where: `booking ${capabilityKey(fact.data)}`, seq: fact.seq }, change, spans, note);
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

/**
 * Replays the booking records of the hub's ledger and judges each against what went before.
 * @param queues the capabilities that lend items a week.
 */
export const replayHub = (
  facts: readonly BookingFact[],
  queues: ReadonlySet<string>,
  note: Note,
): Map<string, HubCapability> => {
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
    checkNext(of, fact, note);
    checkCapacity(of, fact, queues.has(key), note);
  }
  return capabilities;
};

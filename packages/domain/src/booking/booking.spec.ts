import type { BookingChange } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { at } from '../testing/samples.ts';
import { peakOver } from '../time/intervals.ts';
import { type BookingEvent, evolveBooking, mayChange } from './evolve.ts';
import { heldBy } from './held.ts';
import type { Booking, BookingState, BookingStatus } from './state.ts';

const ofBooking = { bookingId: 'o1', token: 1 };
const reserved: BookingChange = {
  kind: 'reserved',
  ...ofBooking,
  host: 'kent',
  requestId: 'r1',
  lineId: 'l1',
  quantity: 2,
  from: at(4),
  to: at(16),
  confirmBy: at(1),
  reliedOn: { revision: 1, quantity: 3, windowFrom: at(-24), windowTo: at(99), expiresAt: at(99) },
};
const changes: Record<BookingStatus, BookingChange> = {
  reserved,
  confirmed: { kind: 'confirmed', ...ofBooking, homeVersion: 1 },
  refused: { kind: 'refused', ...ofBooking, homeVersion: 1, reasonCode: 'own-demand' },
  lapsing: { kind: 'lapsing', ...ofBooking, reasonCode: 'confirm-time-passed' },
  void: { kind: 'void', ...ofBooking, homeVersion: 1 },
  released: { kind: 'released', ...ofBooking, reasonCode: 'task-complete' },
  returned: { kind: 'returned', ...ofBooking, at: at(10) },
  'handed-on': { kind: 'handed-on', ...ofBooking, next: 'o2', at: at(10) },
};

const paths: Record<BookingStatus, BookingStatus[]> = {
  reserved: ['reserved'],
  confirmed: ['reserved', 'confirmed'],
  refused: ['reserved', 'refused'],
  lapsing: ['reserved', 'lapsing'],
  void: ['reserved', 'lapsing', 'void'],
  released: ['reserved', 'confirmed', 'released'],
  returned: ['reserved', 'confirmed', 'released', 'returned'],
  'handed-on': ['reserved', 'confirmed', 'released', 'handed-on'],
};
const STATUSES = Object.keys(paths) as BookingStatus[];

const changed = (bookingVersion: number, ...list: BookingChange[]): BookingEvent => ({
  type: 'muster.booking.changed.v1',
  data: { donor: 'sussex', capabilityId: 'psu-1', bookingVersion, changes: list },
});

const walk = (status: BookingStatus): BookingState =>
  paths[status].reduce<BookingState | undefined>(
    (state, kind, index) => evolveBooking(state, changed(index + 1, changes[kind])),
    undefined,
  ) ?? evolveBooking(undefined, changed(1, reserved));

const bookingIn = (status: BookingStatus): Booking => {
  const booking = walk(status).bookings.get('o1');
  if (!booking) throw new Error(`no booking in ${status}`);
  return booking;
};

describe('the table of what may become of a booking', () => {
  const allowed: Record<BookingStatus, BookingStatus[]> = {
    reserved: ['confirmed', 'refused', 'lapsing'],
    lapsing: ['confirmed', 'void'],
    confirmed: ['released'],
    released: ['returned', 'handed-on'],
    refused: [],
    void: [],
    returned: [],
    'handed-on': [],
  };
  for (const from of STATUSES) {
    for (const to of STATUSES) {
      const may = allowed[from].includes(to);
      test(`${from} ${may ? 'may' : 'may not'} become ${to}`, () => {
        expect(bookingIn(from).status).toBe(from);
        expect(mayChange(bookingIn(from), changes[to])).toBe(may);
      });
    }
  }

  test('nothing but a reservation begins a booking', () => {
    for (const status of STATUSES) expect(mayChange(undefined, changes[status])).toBe(status === 'reserved');
  });

  test('a change with another fencing token is for another booking', () => {
    expect(
      mayChange(bookingIn('reserved'), { kind: 'confirmed', bookingId: 'o1', token: 2, homeVersion: 1 }),
    ).toBe(false);
  });
});

test('a change that the table does not allow leaves the booking as it is, and the version counts on', () => {
  const state = evolveBooking(walk('void'), changed(4, changes.confirmed));
  expect(state.bookings.get('o1')?.status).toBe('void');
  expect(state.bookingVersion).toBe(4);
});

test('evolving leaves the earlier state alone', () => {
  const before = walk('reserved');
  const after = evolveBooking(before, changed(2, changes.confirmed));
  expect(before.bookings.get('o1')?.status).toBe('reserved');
  expect(before.bookingVersion).toBe(1);
  expect(after.bookings.get('o1')?.status).toBe('confirmed');
});

test('several changes of one event share its version', () => {
  const state = evolveBooking(undefined, changed(1, reserved, { ...reserved, bookingId: 'o2' }));
  expect(state.bookings.size).toBe(2);
  expect(state.bookingVersion).toBe(1);
});

test('genesis opens an empty record once', () => {
  const opened: BookingEvent = {
    type: 'muster.booking.opened.v1',
    data: { donor: 'sussex', capabilityId: 'psu-1', bookingVersion: 0 },
  };
  const state = evolveBooking(undefined, opened);
  expect(state.bookingVersion).toBe(0);
  expect(evolveBooking(walk('reserved'), opened).bookings.size).toBe(1);
});

describe('what a booking takes', () => {
  const held = (status: BookingStatus, now: string) => heldBy([bookingIn(status)], 'pool', now);
  const whole = [{ from: at(4), to: at(16), quantity: 2 }];

  for (const status of ['reserved', 'lapsing', 'confirmed', 'released'] as const) {
    test(`a ${status} booking takes its whole span`, () => expect(held(status, at(5))).toEqual(whole));
  }
  for (const status of ['refused', 'void'] as const) {
    test(`a ${status} booking takes nothing`, () => expect(held(status, at(5))).toEqual([]));
  }

  test('returned units are free from the moment of their return', () => {
    expect(held('returned', at(12))).toEqual([{ from: at(4), to: at(10), quantity: 2 }]);
  });

  test('units that are overdue are taken without end until they are reported home', () => {
    for (const status of ['confirmed', 'released'] as const) {
      for (const now of [at(16), at(20)]) {
        expect(peakOver(held(status, now), { from: at(24 * 300), to: at(24 * 301) })).toBe(2);
      }
    }
  });

  test('a queue is never overdue: its work takes its weeks and no more', () => {
    expect(heldBy([bookingIn('confirmed')], 'queue', at(24 * 30))).toEqual([
      { from: '2026-12-07T00:00:00.000Z', to: '2026-12-14T00:00:00.000Z', quantity: 2 },
    ]);
  });

  test('a reservation that is over takes no more than its span', () => {
    expect(held('reserved', at(20))).toEqual(whole);
  });

  test('a queue holds whole weeks, also those in which the work was done early', () => {
    expect(heldBy([bookingIn('returned')], 'queue', at(12))).toEqual([
      { from: '2026-12-07T00:00:00.000Z', to: '2026-12-14T00:00:00.000Z', quantity: 2 },
    ]);
  });
});

import type { BookingChange } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { takenOver } from '../asks/free.ts';
import { booking, homeRecord, NOW, reserved } from '../testing/samples.ts';
import { createTaken, type Holding } from './taken.ts';

const DAY = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };
const NOON = '2026-11-24T12:00:00.000Z';
const LATER = '2026-11-27T12:00:00.000Z';
const of = { bookingId: 'offer-1', token: 1 };
const confirmed: BookingChange = { kind: 'confirmed', ...of, homeVersion: 1 };
const released: BookingChange = { kind: 'released', ...of, reasonCode: 'task-complete' };
const returned = (at: string): BookingChange => ({ kind: 'returned', ...of, at });
const used = { kind: 'used', useId: 'u', quantity: 3, gross: 4, ...DAY } as const;

const after = (...changes: BookingChange[]): Holding => {
  const taken = createTaken();
  changes.forEach((change, n) => {
    taken.booked(booking(n + 1, [change]));
  });
  return taken.of('kent', 'cy-fccu-1');
};

const over = (held: Holding, span = DAY, now = NOW): number => takenOver('pool', held, span, now);

describe('what is taken', () => {
  it.each<[string, BookingChange[]]>([
    ['reserved', []],
    ['confirmed', [confirmed]],
    ['lapsing', [{ kind: 'lapsing', ...of, reasonCode: 'confirm-time-passed' }]],
    ['released but not yet back', [confirmed, released]],
  ])('counts a booking that is %s', (_, changes) => {
    expect(over(after(reserved(), ...changes))).toBe(2);
  });

  it.each<[string, BookingChange[]]>([
    ['refused', [{ kind: 'refused', ...of, homeVersion: 1, reasonCode: 'own-demand' }]],
    [
      'void',
      [
        { kind: 'lapsing', ...of, reasonCode: 'request-cancelled' },
        { kind: 'void', ...of, homeVersion: 1 },
      ],
    ],
    ['returned before it began', [confirmed, released, returned(DAY.from)]],
  ])('frees a booking that is %s', (_, changes) => {
    expect(over(after(reserved(), ...changes))).toBe(0);
  });

  it('frees a returned booking from the instant of the return', () => {
    const held = after(reserved(), confirmed, released, returned(NOON));
    expect(over(held, { from: DAY.from, to: NOON })).toBe(2);
    expect(over(held, { from: NOON, to: DAY.to })).toBe(0);
  });

  it('counts units that are overdue as taken until they are reported home', () => {
    const atThatTime = { from: LATER, to: '2026-11-27T12:00:00.001Z' };
    expect(over(after(reserved(), confirmed), atThatTime, LATER)).toBe(2);
    expect(over(after(reserved(), confirmed, released, returned(NOON)), atThatTime, LATER)).toBe(0);
  });

  it('counts local use until it is returned', () => {
    const taken = createTaken();
    taken.recorded(homeRecord(1, [used]));
    expect(over(taken.of('kent', 'cy-fccu-1'))).toBe(3);
    taken.recorded(homeRecord(2, [{ kind: 'use-returned', useId: 'u', at: DAY.from }]));
    expect(over(taken.of('kent', 'cy-fccu-1'))).toBe(0);
  });

  it('forgets one kind when its stream begins anew', () => {
    const taken = createTaken();
    taken.booked(booking(1, [reserved()]));
    taken.recorded(homeRecord(1, [used]));
    taken.forgetBookings();
    expect(over(taken.of('kent', 'cy-fccu-1'))).toBe(3);
    taken.forgetUses();
    expect(over(taken.of('kent', 'cy-fccu-1'))).toBe(0);
  });

  it('sweeps out what ended long ago, but not what is still away', () => {
    const taken = createTaken();
    const away = { bookingId: 'away', token: 1 };
    taken.booked(booking(1, [reserved(), reserved(away)]));
    taken.booked(booking(2, [confirmed, { kind: 'confirmed', ...away, homeVersion: 2 }]));
    taken.booked(booking(3, [released]));
    taken.booked(booking(4, [returned(NOON)]));
    taken.recorded(homeRecord(1, [used]));
    expect(taken.sweep(Date.parse('2026-12-01T00:00:00.000Z'))).toBe(0);
    expect(taken.sweep(Date.parse('2027-06-01T00:00:00.000Z'))).toBe(1);
    const held = taken.of('kent', 'cy-fccu-1');
    expect(held.bookings.map((one) => one.bookingId)).toEqual(['away']);
    expect(held.uses.size).toBe(0);
  });
});

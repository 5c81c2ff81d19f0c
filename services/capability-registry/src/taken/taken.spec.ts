import type { BookingChange } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { takenOver } from '../asks/free.ts';
import { booking, homeRecord, reserved } from '../testing/samples.ts';
import { createTaken } from './taken.ts';

const DAY = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };
const NOON = '2026-11-24T12:00:00.000Z';
const of = { bookingId: 'offer-1', token: 1 };

const after = (...changes: BookingChange[]) => {
  const taken = createTaken();
  changes.forEach((change, n) => {
    taken.booked(booking(n + 1, [change]));
  });
  return taken.of('kent', 'cy-fccu-1');
};

describe('what is taken', () => {
  it.each<[string, BookingChange[]]>([
    ['reserved', []],
    ['confirmed', [{ kind: 'confirmed', ...of, homeVersion: 1 }]],
    ['lapsing', [{ kind: 'lapsing', ...of, reasonCode: 'confirm-time-passed' }]],
    ['released but not yet back', [{ kind: 'released', ...of, reasonCode: 'task-complete' }]],
  ])('counts a booking that is %s', (_, changes) => {
    expect(takenOver('pool', after(reserved(), ...changes), DAY)).toBe(2);
  });

  it.each<[string, BookingChange]>([
    ['refused', { kind: 'refused', ...of, homeVersion: 1, reasonCode: 'own-demand' }],
    ['void', { kind: 'void', ...of, homeVersion: 1 }],
    ['returned before it began', { kind: 'returned', ...of, at: DAY.from }],
  ])('frees a booking that is %s', (_, change) => {
    expect(after(reserved(), change)).toEqual([]);
  });

  it('frees a returned booking from the instant of the return', () => {
    const spans = after(reserved(), { kind: 'returned', ...of, at: NOON });
    expect(takenOver('pool', spans, { from: DAY.from, to: NOON })).toBe(2);
    expect(takenOver('pool', spans, { from: NOON, to: DAY.to })).toBe(0);
  });

  it('is the peak over the span, not the sum of what follows one another', () => {
    const spans = after(
      reserved({ bookingId: 'a', from: DAY.from, to: NOON }),
      reserved({ bookingId: 'b', from: NOON, to: DAY.to }),
      reserved({ bookingId: 'c', quantity: 1, from: '2026-11-24T11:00:00.000Z', to: DAY.to }),
    );
    expect(takenOver('pool', spans, DAY)).toBe(3);
  });

  it('counts local use until it is returned', () => {
    const taken = createTaken();
    taken.recorded(homeRecord(1, [{ kind: 'used', useId: 'u', quantity: 3, gross: 4, ...DAY }]));
    expect(takenOver('pool', taken.of('kent', 'cy-fccu-1'), DAY)).toBe(3);
    taken.recorded(homeRecord(2, [{ kind: 'use-returned', useId: 'u', at: DAY.from }]));
    expect(taken.of('kent', 'cy-fccu-1')).toEqual([]);
  });

  it('forgets one kind when its stream begins anew', () => {
    const taken = createTaken();
    taken.booked(booking(1, [reserved()]));
    taken.recorded(homeRecord(1, [{ kind: 'used', useId: 'u', quantity: 1, gross: 4, ...DAY }]));
    taken.clear('booked');
    expect(taken.of('kent', 'cy-fccu-1').map((span) => span.kind)).toEqual(['local']);
  });

  it('sweeps out what ended long ago, but not what is still away', () => {
    const taken = createTaken();
    taken.booked(booking(1, [reserved({ bookingId: 'back' }), reserved({ bookingId: 'away' })]));
    taken.booked(booking(2, [{ kind: 'returned', bookingId: 'back', token: 1, at: NOON }]));
    expect(taken.sweep(Date.parse('2027-06-01T00:00:00.000Z'))).toBe(1);
    expect(taken.of('kent', 'cy-fccu-1').map((span) => span.id)).toEqual(['away']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeOver } from '../time/intervals.ts';
import { freeByHour, HOUR_MS, type Supply, shortages } from './forecast.ts';

/** A Sunday, two hours before a new ISO week. */
const FROM = '2026-12-06T22:00:00.000Z';
const at = (hours: number): string => new Date(Date.parse(FROM) + hours * HOUR_MS).toISOString();

const supply = (over: Partial<Supply['advert']> = {}, taken: Supply['taken'] = []): Supply => ({
  advert: {
    ...{ kind: 'pool', quantity: 4, status: 'available', windows: [{ from: at(-9), to: at(99) }] },
    ...over,
  },
  taken,
});

describe('what is free, hour by hour', () => {
  it('is the gross quantity of all adverts while nothing is taken', () => {
    expect(freeByHour([supply(), supply({ quantity: 2 })], FROM, 3)).toEqual([6, 6, 6]);
  });

  it('is nothing of what is shown as unavailable', () => {
    expect(freeByHour([supply({ status: 'unavailable' })], FROM, 2)).toEqual([0, 0]);
  });

  it('counts only hours that one window covers as a whole', () => {
    const windows = [
      { from: at(1.5), to: at(3) },
      { from: at(3), to: at(4.5) },
      { from: at(3.2), to: at(3.9) },
    ];
    expect(freeByHour([supply({ windows })], FROM, 6)).toEqual([0, 0, 4, 4, 0, 0]);
  });

  it('counts an hour that two windows cover once', () => {
    const windows = [
      { from: at(0), to: at(2) },
      { from: at(1), to: at(3) },
    ];
    expect(freeByHour([supply({ windows })], FROM, 4)).toEqual([4, 4, 4, 0]);
  });

  it('is less by the most that is taken at any moment of the hour', () => {
    const taken = [
      { from: at(0.5), to: at(1.5), quantity: 3 },
      { from: at(1.5), to: at(2), quantity: 2 },
    ];
    expect(freeByHour([supply({}, taken)], FROM, 4)).toEqual([1, 1, 4, 4]);
  });

  it('is never less than nothing, where an advert shrank under its bookings', () => {
    expect(freeByHour([supply({}, [{ from: at(0), to: at(1), quantity: 9 }]), supply()], FROM, 2)).toEqual([
      4, 8,
    ]);
  });

  it('of a queue is what is left of its week', () => {
    const windows = [{ from: at(3), to: at(24) }];
    expect(freeByHour([supply({ kind: 'queue', quantity: 20, windows })], FROM, 4)).toEqual([0, 0, 20, 20]);
  });

  it('is what a look at each hour by itself gives', () => {
    const span = fc
      .record({
        from: fc.integer({ min: -5, max: 30 }),
        halves: fc.integer({ min: 1, max: 30 }),
        quantity: fc.integer({ min: 1, max: 5 }),
      })
      .map(({ from, halves, quantity }) => ({ from: at(from / 2), to: at((from + halves) / 2), quantity }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), (taken) => {
        const hours = Array.from({ length: 12 }, (_, hour) =>
          freeOver(6, taken, { from: at(hour), to: at(hour + 1) }),
        );
        expect(freeByHour([supply({ quantity: 6 }, taken)], FROM, 12)).toEqual(hours);
      }),
    );
  });
});

describe('a shortage', () => {
  it('is a stretch of hours below the floor, with the least of it', () => {
    expect(shortages([5, 3, 2, 4, 6, 1], 5)).toEqual([
      { first: 1, end: 4, freeLeast: 2 },
      { first: 5, end: 6, freeLeast: 1 },
    ]);
  });

  it('is not what is at the floor', () => {
    expect(shortages([5, 5], 5)).toEqual([]);
  });
});

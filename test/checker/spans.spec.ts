import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inWeeks, peakWithin, type Taken } from './spans.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

const taken = fc
  .record({
    start: fc.nat(30),
    length: fc.integer({ min: 0, max: 12 }),
    quantity: fc.integer({ min: 1, max: 9 }),
  })
  .map(
    ({ start, length, quantity }): Taken => ({
      what: 'x',
      from: at(start),
      to: at(start + length),
      quantity,
    }),
  );

describe('peakWithin', () => {
  it('equals the largest sum found by looking at every hour', () => {
    fc.assert(
      fc.property(
        fc.array(taken, { maxLength: 12 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        (all, start, length) => {
          const hours = Array.from({ length }, (_, index) => at(start + index));
          const sums = hours.map((hour) =>
            all
              .filter((each) => each.from <= hour && hour < each.to)
              .reduce((sum, each) => sum + each.quantity, 0),
          );
          expect(peakWithin(all, at(start), at(start + length)).quantity).toBe(Math.max(...sums));
        },
      ),
    );
  });
});

describe('inWeeks', () => {
  const quantityIn = (from: string, to: string): number =>
    peakWithin([inWeeks({ what: 'x', from, to, quantity: 2 })], at(0), at(24 * 14)).quantity;

  it('takes the whole week that a span touches', () => {
    expect(inWeeks({ what: 'x', from: at(1), to: at(2), quantity: 2 })).toMatchObject({
      ...{ from: '2025-12-29T00:00:00.000Z', to: '2026-01-05T00:00:00.000Z' },
    });
    expect(quantityIn(at(1), at(2))).toBe(2);
  });

  it('takes nothing for items that were given back when they were taken', () => {
    expect(quantityIn(at(1), at(1))).toBe(0);
  });
});

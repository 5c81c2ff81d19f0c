import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from './instants.ts';
import { covers, freeOver, overlaps, peakOver, type Taken } from './intervals.ts';
import { spanFor, weekEnd, weekName, weekStart, widenToWeeks } from './weeks.ts';

const hour = (n: number): string => instantOf(Date.UTC(2026, 11, 7) + n * 3_600_000);
const taken = (from: number, to: number, quantity: number): Taken => ({
  from: hour(from),
  to: hour(to),
  quantity,
});

test('spans that only touch do not overlap', () => {
  expect(overlaps(taken(0, 2, 1), taken(2, 4, 1))).toBe(false);
  expect(overlaps(taken(0, 3, 1), taken(2, 4, 1))).toBe(true);
});

test('a span covers itself, and nothing that reaches beyond it', () => {
  expect(covers(taken(0, 4, 1), taken(0, 4, 1))).toBe(true);
  expect(covers(taken(0, 4, 1), taken(1, 5, 1))).toBe(false);
});

test('what is taken one after the other does not add up', () => {
  const spans = [taken(0, 2, 3), taken(2, 4, 2)];
  expect(peakOver(spans, taken(0, 4, 1))).toBe(3);
  expect(freeOver(3, spans, taken(0, 4, 1))).toBe(0);
});

test('nothing is ever less than free', () => {
  expect(freeOver(1, [taken(0, 4, 5)], taken(1, 2, 1))).toBe(0);
});

test('the peak equals the greatest sum found hour by hour', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 5 }))
    .map(([from, length, quantity]) => taken(from, from + length, quantity));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), span, (spans, asked) => {
      const sums = Array.from({ length: 48 }, (_, n) => n)
        .filter((n) => asked.from <= hour(n) && hour(n) < asked.to)
        .map((n) =>
          spans
            .filter(({ from, to }) => from <= hour(n) && hour(n) < to)
            .reduce((sum, { quantity }) => sum + quantity, 0),
        );
      expect(peakOver(spans, asked)).toBe(Math.max(0, ...sums));
    }),
    { seed: 20261207, numRuns: 300 },
  );
});

test('a week begins on Monday at midnight UTC and ends where the next begins', () => {
  expect(weekStart('2026-12-13T23:59:59.999Z')).toBe('2026-12-07T00:00:00.000Z');
  expect(weekStart('2026-12-07T00:00:00.000Z')).toBe('2026-12-07T00:00:00.000Z');
  expect(weekEnd('2026-12-07T00:00:00.000Z')).toBe('2026-12-07T00:00:00.000Z');
  expect(weekEnd('2026-12-07T00:00:00.001Z')).toBe('2026-12-14T00:00:00.000Z');
  expect(weekStart('1969-12-31T00:00:00.000Z')).toBe('1969-12-29T00:00:00.000Z');
});

test('a queue counts whole weeks, anything else the span itself', () => {
  const span = { from: hour(30), to: hour(200) };
  expect(spanFor('queue', span)).toEqual({
    from: '2026-12-07T00:00:00.000Z',
    to: '2026-12-21T00:00:00.000Z',
  });
  expect(spanFor('pool', span)).toEqual(span);
  expect(widenToWeeks(widenToWeeks(span))).toEqual(widenToWeeks(span));
});

test('weeks carry their ISO names over the turn of the year', () => {
  expect(weekName('2026-11-22T12:00:00.000Z')).toBe('2026-W47');
  expect(weekName('2026-12-31T12:00:00.000Z')).toBe('2026-W53');
  expect(weekName('2027-01-03T12:00:00.000Z')).toBe('2026-W53');
  expect(weekName('2027-01-04T00:00:00.000Z')).toBe('2027-W01');
});

import { expect, test } from 'vitest';
import { periodOf } from './period.ts';

const NOW = Date.parse('2026-11-26T12:00:00Z');

test.each([
  ['', '2026-11-19T12:00:00.000Z'],
  ['30d', '2026-10-27T12:00:00.000Z'],
  ['9999d', '2026-11-19T12:00:00.000Z'],
  ['2026-13', '2026-11-19T12:00:00.000Z'],
])('the choice %j goes back from now, by the usual days where it is none', (choice, from) => {
  expect(periodOf(choice, NOW)).toEqual({ from });
});

test('a month is one by the clock in London, whatever the clocks do in it', () => {
  expect(periodOf('2026-10', NOW)).toEqual({
    from: '2026-09-30T23:00:00.000Z',
    to: '2026-11-01T00:00:00.000Z',
  });
});

test('the last month of a year ends with it', () => {
  expect(periodOf('2025-12', NOW)).toEqual({
    from: '2025-12-01T00:00:00.000Z',
    to: '2026-01-01T00:00:00.000Z',
  });
});

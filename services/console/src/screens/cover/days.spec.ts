import { expect, test } from 'vitest';
import { dayOfRows, periodsFrom } from './days.ts';
import type { CoverRow } from './matrix.ts';

test('days follow each other without a gap', () => {
  expect(periodsFrom(Date.parse('2026-11-26T21:40:00Z'), 2)).toEqual([
    { from: '2026-11-26T21:40:00.000Z', to: '2026-11-27T21:40:00.000Z' },
    { from: '2026-11-27T21:40:00.000Z', to: '2026-11-28T21:40:00.000Z' },
  ]);
});

test('a day counts what is free and taken in every region', () => {
  const period = { from: '2026-11-26T21:40:00.000Z', to: '2026-11-27T21:40:00.000Z' };
  const rows = [
    { free: 3, taken: 1 },
    { free: 0, taken: 4 },
  ] as CoverRow[];
  expect(dayOfRows(period, rows)).toEqual({ ...period, free: 3, taken: 5 });
  expect(dayOfRows(period, [])).toEqual({ ...period, free: 0, taken: 0 });
});

import { expect, test } from 'vitest';
import { lastMonths } from './last-months.ts';

test('a month begins at midnight in London, also in summer', () => {
  expect(lastMonths(Date.parse('2026-06-30T23:30:00Z'), 1)).toEqual([
    { value: '2026-07', label: 'July 2026' },
  ]);
});

test('months are counted back over the turn of a year, by the clock that the export goes by', () => {
  expect(lastMonths(Date.parse('2026-02-28T23:59:59Z'), 3)).toEqual([
    { value: '2026-02', label: 'February 2026' },
    { value: '2026-01', label: 'January 2026' },
    { value: '2025-12', label: 'December 2025' },
  ]);
});

import { expect, test } from 'vitest';
import { type Hours, isWithin, localClock } from './hours.ts';

const london = localClock('Europe/London');
const night: Hours = { days: ['fri'], from: '18:00', to: '08:00' };

test('a moment is told by the clock of the desks, in summer too', () => {
  expect(london('2026-01-05T23:30:00.000Z')).toEqual({ day: 'mon', minute: 23 * 60 + 30 });
  expect(london('2026-07-06T23:30:00.000Z')).toEqual({ day: 'tue', minute: 30 });
});

test('a span over midnight counts to the day on which it begins', () => {
  const at = (instant: string) => isWithin([night], london(instant));
  expect(at('2026-01-09T17:59:00.000Z')).toBe(false);
  expect(at('2026-01-09T18:00:00.000Z')).toBe(true);
  expect(at('2026-01-10T07:59:00.000Z')).toBe(true);
  expect(at('2026-01-10T08:00:00.000Z')).toBe(false);
  expect(at('2026-01-10T19:00:00.000Z')).toBe(false);
});

test('a span within a day ends on it, and one from a time to the same time is a whole day', () => {
  const day: Hours = { days: ['mon'], from: '08:00', to: '18:00' };
  expect(isWithin([day], { day: 'mon', minute: 8 * 60 })).toBe(true);
  expect(isWithin([day], { day: 'mon', minute: 18 * 60 })).toBe(false);
  expect(isWithin([{ ...day, to: '08:00' }], { day: 'tue', minute: 0 })).toBe(true);
  expect(isWithin([], { day: 'mon', minute: 0 })).toBe(false);
});

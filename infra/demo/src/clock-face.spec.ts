import { expect, it } from 'vitest';
import { timeOfDay } from './clock-face.ts';

it('tells the time of day in London, in summer and in winter, also just after midnight', () => {
  expect(timeOfDay('2026-07-01T10:00:05.900Z')).toBe('11:00:05');
  expect(timeOfDay('2026-12-01T10:00:05Z')).toBe('10:00:05');
  expect(timeOfDay(new Date('2026-06-30T23:00:00Z'))).toBe('00:00:00');
});

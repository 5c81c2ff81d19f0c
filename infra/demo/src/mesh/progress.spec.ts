import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PROGRESS_MS, telling } from './progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells nothing of what is done at once', async () => {
  const told: string[] = [];
  expect(
    await telling(
      (line) => told.push(line),
      () => 'waiting',
      Promise.resolve(7),
    ),
  ).toBe(7);
  await vi.advanceTimersByTimeAsync(10 * PROGRESS_MS);
  expect(told).toEqual([]);
});

it('tells how long work stands, until it is done or fails', async () => {
  const told: string[] = [];
  let forces = 0;
  const work = Promise.withResolvers<void>();
  const waiting = telling(
    (line) => told.push(line),
    () => `${forces} of 49`,
    work.promise,
  );
  await vi.advanceTimersByTimeAsync(PROGRESS_MS);
  forces = 12;
  await vi.advanceTimersByTimeAsync(PROGRESS_MS);
  work.reject(new Error('ended'));
  await expect(waiting).rejects.toThrow('ended');
  await vi.advanceTimersByTimeAsync(PROGRESS_MS);
  expect(told).toEqual(['0 of 49', '12 of 49']);
});

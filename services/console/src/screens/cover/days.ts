import type { CoverRow } from './matrix.ts';

export type Period = { from: string; to: string };

/** What is free of one capability throughout a day, and what is taken of it. */
export type Day = Period & { free: number; taken: number };

const DAY_MS = 86_400_000;

/** So many days one after another, the first from `start`. */
export const periodsFrom = (start: number, count: number): Period[] =>
  Array.from({ length: count }, (_, day) => ({
    from: new Date(start + day * DAY_MS).toISOString(),
    to: new Date(start + (day + 1) * DAY_MS).toISOString(),
  }));

/** The whole country's on one day. */
export const dayOfRows = (period: Period, rows: readonly CoverRow[]): Day => ({
  ...period,
  free: rows.reduce((sum, { free }) => sum + free, 0),
  taken: rows.reduce((sum, { taken }) => sum + taken, 0),
});

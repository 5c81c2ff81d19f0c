import { z } from 'zod';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (DAYS[month - 1] ?? 0);

const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** For text of the right shape: is there such a date and time? Every event has several, so no `Date` is made. */
const isReal = (text: string): boolean => {
  const day = two(text, 8);
  return (
    day >= 1 &&
    day <= daysIn(two(text, 0) * 100 + two(text, 2), two(text, 5)) &&
    two(text, 11) <= 23 &&
    two(text, 14) <= 59 &&
    two(text, 17) <= 59
  );
};

/**
 * True for an instant as `Date.prototype.toISOString` writes it. One form only, so that two instants
 * compare correctly as plain strings.
 */
export const isInstant = (text: string): boolean => INSTANT.test(text) && isReal(text);

/** An instant in UTC with milliseconds, such as `2026-11-22T21:00:00.000Z`. Sorts as a string. */
export const instant = z
  .string()
  .regex(INSTANT, { error: 'use UTC with milliseconds, such as 2026-11-22T21:00:00.000Z', abort: true })
  .refine(isReal, 'there is no such date or time');

/** A span of time: from `from` (inclusive) to `to` (exclusive). */
export const interval = z
  .object({ from: instant, to: instant })
  .refine((span) => span.from < span.to, { message: 'must end after it starts', path: ['to'] });

export type Interval = z.infer<typeof interval>;

/** The name of an ISO week, such as `2026-W48`. */
export const ISO_WEEK = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;

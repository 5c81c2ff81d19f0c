import { z } from 'zod';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * True for an instant as `Date.prototype.toISOString` writes it. One form only, so that two instants
 * compare correctly as plain strings.
 */
export const isInstant = (text: string): boolean => {
  if (!INSTANT.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
};

/** An instant in UTC with milliseconds, such as `2026-11-22T21:00:00.000Z`. Sorts as a string. */
export const instant = z
  .string()
  .regex(INSTANT, 'use UTC with milliseconds, such as 2026-11-22T21:00:00.000Z')
  .refine(isInstant, 'there is no such date or time');

/** A span of time: from `from` (inclusive) to `to` (exclusive). */
export const interval = z
  .object({ from: instant, to: instant })
  .refine((span) => span.from < span.to, { message: 'must end after it starts', path: ['to'] });

export type Interval = z.infer<typeof interval>;

/** The largest ISO week number that a queue's week can carry; weeks are named such as `2026-W48`. */
export const ISO_WEEK = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;

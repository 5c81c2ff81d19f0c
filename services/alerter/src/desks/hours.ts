import { z } from 'zod';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof DAYS)[number];

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use hours and minutes, such as 18:30');

/**
 * A span of the clock on certain days. One that ends at or before its beginning goes on into the next day, and
 * counts to the day on which it begins.
 */
export const hours = z.object({
  days: z
    .array(z.enum(DAYS))
    .min(1)
    .default([...DAYS]),
  from: time,
  to: time,
});
export type Hours = z.infer<typeof hours>;

/** Day of the week and minute of the day, where the desks are. */
export type Local = { day: Day; minute: number };

const HOUR_MINUTES = 60;

/** @throws RangeError when there is no such time zone. */
export const localClock = (timeZone: string): ((instant: string) => Local) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
    const day = DAYS.find((each) => each === parts.get('weekday')?.toLowerCase());
    if (!day) throw new Error(`no day of the week for ${instant}`);
    return { day, minute: Number(parts.get('hour')) * HOUR_MINUTES + Number(parts.get('minute')) };
  };
};

const minuteOf = (text: string): number => {
  const [hour = '0', minute = '0'] = text.split(':');
  return Number(hour) * HOUR_MINUTES + Number(minute);
};

const before = (day: Day): Day => DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length] ?? day;

/** Whether a moment lies in one of the spans. */
export const isWithin = (spans: readonly Hours[], { day, minute }: Local): boolean =>
  spans.some(({ days, from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)];
    if (start < end) return days.includes(day) && minute >= start && minute < end;
    return (days.includes(day) && minute >= start) || (days.includes(before(day)) && minute < end);
  });

import type { CapacityKind, Interval } from '@muster/contracts';
import { instantOf, msOf } from './instants.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Monday 5 January 1970, from which whole weeks count. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Monday 00:00 UTC of the ISO week in which the instant lies. */
export const weekStart = (instant: string): string => {
  const ms = msOf(instant);
  return instantOf(ms - ((((ms - FIRST_MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS));
};

/** The Monday 00:00 UTC at which the week of the instant has ended; an instant on the bound stays. */
export const weekEnd = (instant: string): string => {
  const start = weekStart(instant);
  return start === instant ? instant : instantOf(msOf(start) + WEEK_MS);
};

/** The whole ISO weeks that the span touches. */
export const widenToWeeks = <T extends Interval>(span: T): T => ({
  ...span,
  from: weekStart(span.from),
  to: weekEnd(span.to),
});

/** The span as this kind of capability counts it: a queue counts whole ISO weeks, all else the span itself. */
export const spanFor = <T extends Interval>(kind: CapacityKind, span: T): T =>
  kind === 'queue' ? widenToWeeks(span) : span;

/** Name of the ISO week in which the instant lies, such as `2026-W48`. */
export const weekName = (instant: string): string => {
  const monday = msOf(weekStart(instant));
  // The week belongs to the year in which its Thursday lies.
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear();
  const firstMonday = msOf(weekStart(new Date(Date.UTC(year, 0, 4)).toISOString()));
  const week = Math.round((monday - firstMonday) / WEEK_MS) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
};

/** Units taken from `from` (inclusive) to `to` (exclusive); instants compare as strings. */
export type Taken = { what: string; from: string; to: string; quantity: number };

/** Where most is taken within a span, and by whom. */
export type Peak = { at: string; quantity: number; by: string[] };

/** The instant within [from, to) at which most is taken. */
export const peakWithin = (taken: Iterable<Taken>, from: string, to: string): Peak => {
  const within = [...taken].filter((each) => each.from < to && each.to > from && each.from < each.to);
  // The sum can only rise where something starts, or at the start of the span.
  const starts = new Set([from, ...within.map((each) => each.from).filter((start) => start > from)]);
  let peak: Peak = { at: from, quantity: 0, by: [] };
  for (const at of starts) {
    const then = within.filter((each) => each.from <= at && at < each.to);
    const quantity = then.reduce((sum, each) => sum + each.quantity, 0);
    if (quantity > peak.quantity) peak = { at, quantity, by: then.map((each) => each.what) };
  }
  return peak;
};

/** The earlier of two instants. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);

/** The later of two instants. */
export const later = (a: string, b: string): string => (a > b ? a : b);

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Monday 5 January 1970. */
const A_MONDAY_MS = 4 * DAY_MS;

/** The whole ISO weeks, in UTC, that a span touches; one that was over when it began touches none. */
export const inWeeks = (span: Taken): Taken => {
  if (span.from >= span.to) return span;
  const weeks = (instant: string): number => (Date.parse(instant) - A_MONDAY_MS) / WEEK_MS;
  const bound = (week: number): string => new Date(week * WEEK_MS + A_MONDAY_MS).toISOString();
  return { ...span, from: bound(Math.floor(weeks(span.from))), to: bound(Math.ceil(weeks(span.to))) };
};

/** Later than anything that is planned. */
export const WITHOUT_END = '9999-12-31T23:59:59.999Z';

/**
 * When units that are out and not reported home let go of their place: at their end while that lies ahead, and
 * never once it has passed. The work of a queue is done when its weeks are over; nothing of it comes home.
 */
export const awayUntil = (to: string, now: string, isQueue: boolean): string =>
  isQueue || to > now ? to : WITHOUT_END;

/** An instant moved by some milliseconds. */
export const moved = (instant: string, byMs: number): string =>
  new Date(Date.parse(instant) + byMs).toISOString();

const MINUTE_MS = 60_000;

/** Later than anything that is planned: the end of a span that has no known end. */
export const END_OF_TIME = '9999-12-31T23:59:59.999Z';

/** Milliseconds since the epoch of an instant. */
export const msOf = (instant: string): number => Date.parse(instant);

/** The instant of so many milliseconds since the epoch, in the one form that the mesh uses. */
export const instantOf = (ms: number): string => new Date(ms).toISOString();

export const addMs = (instant: string, ms: number): string => instantOf(msOf(instant) + ms);

export const addMinutes = (instant: string, minutes: number): string => addMs(instant, minutes * MINUTE_MS);

/** Minutes from one instant to another; negative when the second is earlier. */
export const minutesBetween = (from: string, to: string): number => (msOf(to) - msOf(from)) / MINUTE_MS;

export const earlier = (a: string, b: string): string => (a < b ? a : b);

export const later = (a: string, b: string): string => (a > b ? a : b);

const LOCAL = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** An instant as the clock on a wall in the United Kingdom shows it, with its day. */
export const clock = (instant: string): string => LOCAL.format(new Date(instant));

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** How long ago something was, in whole minutes or hours and minutes. */
export const ageOf = (madeMs: number, nowMs: number): string => {
  const minutes = Math.max(0, Math.floor((nowMs - madeMs) / MINUTE_MS));
  if (minutes < HOUR_MINUTES) return `${minutes} min`;
  return `${Math.floor(minutes / HOUR_MINUTES)} h ${minutes % HOUR_MINUTES} min`;
};

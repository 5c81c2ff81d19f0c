const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Up to here seconds are told too. */
const SECONDS_TOLD_BELOW_MS = 2 * MINUTE_MS;

const ZONE = 'Europe/London';
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});

type Instant = string | number;

/** `14:05`, by the clock in London. */
export const clockTime = (at: Instant): string => clock.format(new Date(at));
export const clockTimeWithSeconds = (at: Instant): string => seconds.format(new Date(at));
/** `Thu 26 Nov`. */
export const dayOf = (at: Instant): string => day.format(new Date(at)).replace(',', '');
/** `Thu 26 Nov, 14:05`. */
export const dayAndTime = (at: Instant): string => `${dayOf(at)}, ${clockTime(at)}`;

/** `Thu 26 Nov, 14:05 to 18:00`; the second day only where it is another. */
export const span = (from: Instant, to: Instant): string =>
  dayOf(from) === dayOf(to)
    ? `${dayAndTime(from)} to ${clockTime(to)}`
    : `${dayAndTime(from)} to ${dayAndTime(to)}`;

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z/g;

/** What the API says, with its instants told as all others are. */
export const inPlainTime = (text: string): string => text.replaceAll(INSTANT, (at) => dayAndTime(at));

/** A length of time as few words as it needs: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export const length = (ms: number): string => {
  const abs = Math.abs(ms);
  if (abs < SECONDS_TOLD_BELOW_MS) return `${Math.floor(abs / 1000)} s`;
  if (abs < HOUR_MS) return `${Math.floor(abs / MINUTE_MS)} min`;
  const [big, small] = abs < DAY_MS ? [HOUR_MS, MINUTE_MS] : [DAY_MS, HOUR_MS];
  const [bigName, smallName] = abs < DAY_MS ? ['h', 'min'] : ['d', 'h'];
  const rest = Math.floor((abs % big) / small);
  return `${Math.floor(abs / big)} ${bigName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
};

/** How far an instant is: `in 12 min`, `3 min ago`. */
export const distance = (at: Instant, now: number): string => {
  const ms = new Date(at).getTime() - now;
  return ms >= 0 ? `in ${length(ms)}` : `${length(ms)} ago`;
};

/** Up to here the time of day alone says when something is. */
const SAME_DAY_WITHIN_MS = 12 * HOUR_MS;

/** When an instant is by the clock: `at 14:05`, `on Thu 26 Nov, 14:05`. */
export const moment = (at: Instant, now: number): string =>
  Math.abs(new Date(at).getTime() - now) < SAME_DAY_WITHIN_MS
    ? `at ${clockTime(at)}`
    : `on ${dayAndTime(at)}`;

const fields = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** An instant as an input of type datetime-local has it, by the clock in London. */
export const toLocalInput = (at: Instant): string => {
  const parts = new Map(fields.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const [year, month, date, hour, minute] = ['year', 'month', 'day', 'hour', 'minute'].map(
    (type) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? '',
  );
  return `${year}-${month}-${date}T${hour}:${minute}`;
};

/** The instant that such an input holds; undefined when it holds none. */
export const fromLocalInput = (text: string): string | undefined => {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const ahead = (at: number): number => Date.parse(`${toLocalInput(at)}Z`) - at;
  // The clock may be changed between the two looks; the second is at the instant that is meant.
  return new Date(asUtc - ahead(asUtc - ahead(asUtc))).toISOString();
};

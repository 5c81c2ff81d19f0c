import { Temporal } from 'temporal-polyfill';

/** Times without an offset are local time of the United Kingdom. */
const ZONE = 'Europe/London';

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const RELATIVE = /^[+-](?:\d+[smhdw])+$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

export const TIME_FORMS =
  'use "YYYY-MM-DD HH:MM" (Europe/London), an ISO time with an offset such as 2026-11-22T21:00Z, now, or a time from now such as +4h, +1d12h or -40m';

export type TimeResult = { ok: true; instant: string } | { ok: false; because: string };

const at = (ms: number): TimeResult => ({ ok: true, instant: new Date(ms).toISOString() });
const bad = (because: string): TimeResult => ({ ok: false, because });

const fromNow = (text: string, nowMs: number): TimeResult => {
  let ms = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g)) {
    ms += Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  const sum = text.startsWith('-') ? nowMs - ms : nowMs + ms;
  return Math.abs(sum) <= 8.64e15 ? at(sum) : bad(`"${text}" is too far away`);
};

const withOffset = (text: string): TimeResult => {
  try {
    return at(Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds);
  } catch {
    return bad(`"${text}": there is no such date or time`);
  }
};

const local = (text: string): TimeResult => {
  let wall: Temporal.PlainDateTime;
  try {
    wall = Temporal.PlainDateTime.from(text.replace(' ', 'T'), { overflow: 'reject' });
  } catch {
    return bad(`"${text}": there is no such date or time`);
  }
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(ZONE, { disambiguation }),
  );
  if (!earlier || !later) throw new Error('a wall time has an earlier and a later reading');
  if (earlier.epochMilliseconds === later.epochMilliseconds) return at(earlier.epochMilliseconds);
  if (earlier.toPlainDateTime().equals(wall)) {
    return bad(
      `"${text}" comes twice in ${ZONE}, when the clocks go back; add the offset: ${wall}${earlier.offset} or ${wall}${later.offset}`,
    );
  }
  return bad(
    `"${text}" does not exist in ${ZONE}, since the clocks go forward over it; use ${later.toPlainDateTime()} or add an offset`,
  );
};

/** Reads a time that a person wrote; see {@link TIME_FORMS}. */
export const readTime = (text: string, nowMs: number): TimeResult => {
  const trimmed = text.trim();
  if (trimmed === 'now') return at(nowMs);
  if (RELATIVE.test(trimmed)) return fromNow(trimmed, nowMs);
  if (WITH_OFFSET.test(trimmed)) return withOffset(trimmed);
  if (LOCAL.test(trimmed)) return local(trimmed);
  return bad(`"${text}" is not a time; ${TIME_FORMS}`);
};

const OF_THE_DAY = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** As {@link readTime}; a bare time of the day is the next one, today or tomorrow. */
export const readNextTime = (text: string, nowMs: number): TimeResult => {
  const written = text.trim();
  if (!OF_THE_DAY.test(written)) return readTime(written, nowMs);
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(ZONE).toPlainDate();
  const on = (date: Temporal.PlainDate): TimeResult => local(`${date}T${written.padStart(5, '0')}`);
  const first = on(today);
  return first.ok && Date.parse(first.instant) <= nowMs ? on(today.add({ days: 1 })) : first;
};

const LOCAL_FORM = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant as people read it: `2026-11-22 21:00`, local time of the United Kingdom. */
export const showTime = (instant: string): string => LOCAL_FORM.format(Date.parse(instant));

const TO_THE_SECOND = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});
const INSTANTS = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** What the mesh says to people, its instants in local time, with seconds where there are any. */
export const withLocalTimes = (text: string): string =>
  text.replace(INSTANTS, (instant) => TO_THE_SECOND.format(Date.parse(instant)).replace(/:00$/, ''));

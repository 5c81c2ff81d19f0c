import { Temporal } from 'temporal-polyfill';
import { faulty, type Parsed, parsed } from './problems.ts';

/** Rosters are written in the local time of the forces. */
export const ROSTER_TIME_ZONE = 'Europe/London';

const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const YEAR_MIN = 2000;
const YEAR_MAX = 2199;

const HOW_TIME = 'write YYYY-MM-DD HH:MM in UK local time, such as 2026-07-01 08:00';
const HOW_DAY = 'write YYYY-MM-DD, such as 2026-07-01';

const instantOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

const readDateTime = (text: string): Temporal.PlainDateTime | undefined => {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const inYears = (when: { year: number }): boolean => when.year >= YEAR_MIN && when.year <= YEAR_MAX;

const fromLocal = (local: Temporal.PlainDateTime, text: string): Parsed<string> => {
  const earlier = local.toZonedDateTime(ROSTER_TIME_ZONE, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(ROSTER_TIME_ZONE, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return parsed(instantOf(earlier.epochMilliseconds));
  if (earlier.toPlainDateTime().equals(local)) {
    return faulty(
      'happens twice, because the clocks go back that night',
      `say which one: ${text}+01:00 for the first, ${text}Z for the second`,
    );
  }
  return faulty(
    'does not exist, because the clocks go forward over it',
    'write a time an hour later, or add an offset such as Z',
  );
};

const parseTime = (text: string): Parsed<string> => {
  const match = LOCAL.exec(text);
  if (!match) return faulty('is not a date and time', HOW_TIME);
  const [, day, clock, seconds = '00', offset] = match;
  const local = readDateTime(`${day}T${clock}:${seconds}`);
  if (!local) return faulty('is not a date and time that exists', HOW_TIME);
  if (!inYears(local)) return faulty(`lies outside the years ${YEAR_MIN} to ${YEAR_MAX}`, HOW_TIME);
  if (offset === undefined) return fromLocal(local, text);
  const milliseconds = Date.parse(`${day}T${clock}:${seconds}${offset}`);
  if (Number.isNaN(milliseconds)) return faulty('has an offset that does not exist', HOW_TIME);
  return parsed(instantOf(milliseconds));
};

/** Texts remembered by {@link readTime}: rosters repeat a few times over and over. */
const REMEMBERED_MAX = 4_096;
const remembered = new Map<string, Parsed<string>>();

/**
 * An instant from a roster's local time `YYYY-MM-DD HH:MM`, seconds and an offset (`Z`, `+01:00`) allowed.
 * A local time that does not exist or happens twice is refused, since a guess would be an hour wrong.
 */
export const readTime = (text: string): Parsed<string> => {
  const known = remembered.get(text);
  if (known) return known;
  const result = parseTime(text);
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(text, result);
  return result;
};

/** The last instant of a local day, for "in date until". */
export const readLastInstantOfDay = (text: string): Parsed<string> => {
  const local = DAY.test(text) ? readDateTime(`${text}T00:00`) : undefined;
  if (!local) return faulty('is not a date that exists', HOW_DAY);
  if (!inYears(local)) return faulty(`lies outside the years ${YEAR_MIN} to ${YEAR_MAX}`, HOW_DAY);
  const next = local.add({ days: 1 }).toZonedDateTime(ROSTER_TIME_ZONE);
  return parsed(instantOf(next.epochMilliseconds - 1));
};

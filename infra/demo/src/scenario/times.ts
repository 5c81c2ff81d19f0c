import { fullHour, type Play } from './plays.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `+20s` is from now, `T+30h` from the full hour after the play's start. */
const RELATIVE = /^(T?)([+-])(\d+(?:\.\d+)?)([smhd])$/;

const timeOf = (text: string, play: Play, now: number): string => {
  const [, fromStart, sign, count, unit = ''] = RELATIVE.exec(text) ?? [];
  if (count === undefined) return text;
  const ms = Number(count) * (UNIT_MS[unit] ?? 0) * (sign === '-' ? -1 : 1);
  return new Date((fromStart === 'T' ? fullHour(play.startedAt) : now) + ms).toISOString();
};

/** The same value with every relative time in it made an instant. */
export const withTimes = (value: unknown, play: Play, now: number): unknown => {
  if (typeof value === 'string') return timeOf(value, play, now);
  if (Array.isArray(value)) return value.map((each) => withTimes(each, play, now));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withTimes(each, play, now)]));
};

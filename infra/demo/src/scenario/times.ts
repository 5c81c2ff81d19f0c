import { fullHour, type Play, requestIdOf } from './plays.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `+20s` is from now, `T+30h` from the full hour after the play's start. */
const RELATIVE = /^(T?)([+-])(\d+(?:\.\d+)?)([smhd])$/;

/** `$name` is the id of the command that was given this name, `@key` that of a request. */
const REFERENCE = /^([$@])([a-z][a-z0-9-]*)$/;

/** The id of a command that a script names. */
export const namedId = (play: Play, name: string): string => `${play.runId}-n-${name}`;

const textOf = (text: string, play: Play, now: number): string => {
  const [, kind, name] = REFERENCE.exec(text) ?? [];
  if (name !== undefined) return kind === '@' ? requestIdOf(play, name) : namedId(play, name);
  const [, fromStart, sign, count, unit = ''] = RELATIVE.exec(text) ?? [];
  if (count === undefined) return text;
  const ms = Number(count) * (UNIT_MS[unit] ?? 0) * (sign === '-' ? -1 : 1);
  return new Date((fromStart === 'T' ? fullHour(play.startedAt) : now) + ms).toISOString();
};

/** The same value with every relative time in it made an instant, and every reference an id. */
export const withValues = (value: unknown, play: Play, now: number): unknown => {
  if (typeof value === 'string') return textOf(value, play, now);
  if (Array.isArray(value)) return value.map((each) => withValues(each, play, now));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withValues(each, play, now)]));
};

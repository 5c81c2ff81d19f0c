import { fromLocalInput } from '../../words/time.ts';

/** From when, and before when; without an end, up to now. */
export type Period = { from: string; to?: string };

const DAY_MS = 86_400_000;
const DAYS_BY_DEFAULT = 7;

/** Days back from now that can be chosen, the usual first. */
export const DAY_CHOICES: readonly (readonly [string, string])[] = [
  [`${DAYS_BY_DEFAULT}d`, `In the last ${DAYS_BY_DEFAULT} days`],
  ['1d', 'In the last 24 hours'],
  ['30d', 'In the last 30 days'],
];

/** When a month begins in London; undefined when the text is no month. */
const monthStart = (year: number, month: number): string | undefined =>
  fromLocalInput(`${new Date(Date.UTC(year, month - 1)).toISOString().slice(0, 7)}-01T00:00`);

/** What an address chooses: `30d` back from now, or the month `2026-11` in London; else the usual days. */
export const periodOf = (choice: string, now: number): Period => {
  const [, year, month] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(choice) ?? [];
  if (year !== undefined && month !== undefined) {
    const [from, to] = [Number(month), Number(month) + 1].map((each) => monthStart(Number(year), each));
    if (from !== undefined && to !== undefined) return { from, to };
  }
  const isKnown = DAY_CHOICES.some(([value]) => value === choice);
  const days = isKnown ? Number.parseInt(choice, 10) : DAYS_BY_DEFAULT;
  return { from: new Date(now - days * DAY_MS).toISOString() };
};

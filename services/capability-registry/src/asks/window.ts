import { type Interval, type Refusal, refuse } from '@muster/contracts';

/** A moment, as a span that can be compared with others. */
const MOMENT_MS = 1;

const after = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/**
 * The span that a query is about: `from` is now when left out, `to` is `defaultMs` after `from`.
 * Refused when it ends before it starts.
 */
export const askedSpan = (
  asked: { from?: string | undefined; to?: string | undefined },
  now: string,
  defaultMs: number = MOMENT_MS,
): Interval | Refusal => {
  const from = asked.from ?? now;
  const to = asked.to ?? after(from, defaultMs);
  if (from < to) return { from, to };
  const because = asked.from === undefined ? `is not after now (${now})` : `is not after from (${from})`;
  return refuse('invalid', `The asked window ends before it starts: to ${because}.`, [
    { path: 'to', because },
  ]);
};

import type { Verdict } from '@muster/mesh';

/** First wait before a message is taken again, in milliseconds; it doubles with every delivery. */
const RETRY_FIRST_MS = 100;
/** Longest such wait, in milliseconds. */
const RETRY_LAST_MS = 5_000;

export const retryLater = (deliveries: number, because: string): Verdict => ({
  do: 'retry',
  afterMs: Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(deliveries, 10)),
  because,
});

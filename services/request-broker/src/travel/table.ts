import type { Point } from '@muster/contracts';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import { TABLE_ANSWER_MS, TABLE_RETRIES, TABLE_RETRY_PAUSE_MS } from '../limits.ts';

/** A figure from each source to the one destination; null where no road leads. */
const column = z.array(z.array(z.number().min(0).nullable()).length(1));
/** OSRM's answer as far as we use it: seconds, and metres from a server that gives them too. */
const answered = z.object({ code: z.literal('Ok'), durations: column, distances: column.optional() });
const refused = z.object({ code: z.string() });

/** The road from one place; `seconds` is null where none leads, `metres` also where the server does not measure. */
export type TableRow = { seconds: number | null; metres: number | null };

/** Coordinates as OSRM writes them; five decimals are about a metre. */
export const coordinate = ({ lat, lon }: Point): string => `${lon.toFixed(5)},${lat.toFixed(5)}`;

/** Address of the question: all sources first, the one destination last. */
const addressOf = (url: string, from: readonly string[], to: string): string => {
  const sources = from.map((_, index) => index).join(';');
  const query = `sources=${sources}&destinations=${from.length}&annotations=duration,distance`;
  return `${url.replace(/\/+$/, '')}/table/v1/driving/${[...from, to].join(';')}?${query}`;
};

const ask = async (address: string, rows: number, signal: AbortSignal): Promise<TableRow[]> => {
  const response = await fetch(address, { signal, redirect: 'error' });
  if (response.status >= 500 || response.status === 429) {
    await response.body?.cancel();
    throw new Error(`the road table answered ${response.status}`);
  }
  const body: unknown = await response.json().catch(() => undefined);
  const read = answered.safeParse(body);
  if (response.ok && read.success && read.data.durations.length === rows) {
    const { durations, distances } = read.data;
    return durations.map(([seconds], row) => ({
      seconds: seconds ?? null,
      metres: distances?.[row]?.[0] ?? null,
    }));
  }
  const said = refused.safeParse(body);
  const code = said.success && said.data.code !== 'Ok' ? said.data.code : 'what is no table';
  throw new AbortError(`the road table answered ${response.status}, ${code}`);
};

/** How long the table may take, and the timer that aborts what takes longer. */
export type TablePatience = {
  answerMs?: number;
  retries?: number;
  /** A signal that aborts with a `TimeoutError` after so many milliseconds. */
  timeout?: (ms: number) => AbortSignal;
};

/**
 * The road from each place to one, in the order asked. What may pass by
 * itself (no connection, no answer in time, an overloaded server) is tried again.
 * @throws Error that says what stood in the way; also when the signal aborts first.
 * @see https://project-osrm.org/docs/v5.24.0/api/#table-service
 */
export const readTable = async (
  url: string,
  from: readonly string[],
  to: string,
  signal: AbortSignal,
  {
    answerMs = TABLE_ANSWER_MS,
    retries = TABLE_RETRIES,
    timeout = (ms) => AbortSignal.timeout(ms),
  }: TablePatience = {},
): Promise<TableRow[]> => {
  const address = addressOf(url, from, to);
  return pRetry(() => ask(address, from.length, AbortSignal.any([signal, timeout(answerMs)])), {
    ...{ retries, minTimeout: TABLE_RETRY_PAUSE_MS, signal },
  });
};

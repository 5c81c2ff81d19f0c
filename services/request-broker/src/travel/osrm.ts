import type { Point, TravelEstimate } from '@muster/contracts';
import { greatCircle, type TravelTimes } from '@muster/domain';
import type { Clock } from '@muster/mesh';
import type { Logger } from 'pino';
import { TABLE_DEADLINE_MS, TABLE_PLACES_MAX, TABLE_QUESTIONS_MAX, TABLE_REST_MS } from '../limits.ts';
import type { TravelPort } from './port.ts';
import { coordinate, readTable, type TablePatience, type TableRow } from './table.ts';

export type OsrmOptions = TablePatience & {
  /** Address of the server, without `/table`. */
  url: string;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
  /** Longest wait in all, in milliseconds. */
  deadlineMs?: number;
};

const NO_ROAD = 'the road table knows no road from there';
const TOO_MANY = 'too many places for one ranking';

const inBatches = (places: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(places.length / size) }, (_, n) => places.slice(n * size, (n + 1) * size));

const wordsFor = (error: unknown): string => {
  if (!(error instanceof Error)) return 'the road table failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return 'the road table did not answer in time';
  }
  return error instanceof TypeError ? 'the road table cannot be reached' : error.message;
};

const SECONDS_PER_MINUTE = 60;
const METRES_PER_KM = 1_000;

const estimateOf = (row: TableRow | undefined): TravelEstimate | string => {
  if (!row || row.seconds === null) return NO_ROAD;
  const { seconds, metres } = row;
  return {
    minutes: seconds / SECONDS_PER_MINUTE,
    ...(metres !== null && { km: metres / METRES_PER_KM }),
    source: 'osrm-table',
  };
};

/** What a place is told when the table does not know it: the straight line, and why. */
const estimated =
  (because: (from: string) => string): TravelTimes =>
  (from, to) => ({ ...greatCircle(from, to), because: because(coordinate(from)) });

/**
 * Times on the road by the table service of an OSRM server. Its faults make rankings rougher and never stop
 * them: every place that it gives no time for goes by the straight line, and a server that failed is left
 * alone for a while, so that not every ranking waits for it.
 */
export const osrmTravel = (o: OsrmOptions): TravelPort => {
  const { timeout = (ms: number) => AbortSignal.timeout(ms) } = o;
  let resting: { untilMs: number; because: string } | undefined;

  const fail = (error: unknown): string => {
    const because = wordsFor(error);
    resting = { untilMs: o.clock.now() + TABLE_REST_MS, because };
    o.log.warn({ because, restMs: TABLE_REST_MS }, 'rankings go by the straight line');
    return because;
  };

  return {
    async times(from, to) {
      if (resting && o.clock.now() < resting.untilMs) {
        const { because } = resting;
        return estimated(() => because);
      }
      const places = [...new Set([...from].map(coordinate))];
      const batches = inBatches(places, TABLE_PLACES_MAX - 1);
      const known = new Map<string, TravelEstimate | string>();
      const signal = timeout(o.deadlineMs ?? TABLE_DEADLINE_MS);
      let rest = TOO_MANY;
      for (const batch of batches.slice(0, TABLE_QUESTIONS_MAX)) {
        try {
          const rows = await readTable(o.url, batch, coordinate(to), signal, { ...o, timeout });
          for (const [index, place] of batch.entries()) known.set(place, estimateOf(rows[index]));
        } catch (error) {
          rest = fail(error);
          break;
        }
      }
      const otherwise = estimated((place) => {
        const why = known.get(place);
        return typeof why === 'string' ? why : rest;
      });
      return (base: Point, reportTo: Point) => {
        const found = known.get(coordinate(base));
        return typeof found === 'object' ? found : otherwise(base, reportTo);
      };
    },
  };
};

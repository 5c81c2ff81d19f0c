import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Point } from '@muster/contracts';
import { greatCircle } from '@muster/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  TABLE_ANSWER_MS,
  TABLE_DEADLINE_MS,
  TABLE_PLACES_MAX,
  TABLE_QUESTIONS_MAX,
  TABLE_REST_MS,
} from '../limits.ts';
import { type OsrmOptions, osrmTravel } from './osrm.ts';

/** What the fixture says: a status with a body, or nothing at all. */
type Said = { status?: number; body: unknown } | 'silence';

let server: Server;
let url: string;
let asked: URL[];
let answer: (address: URL, attempt: number) => Said;
let nowMs = 0;

const lewes: Point = { lat: 50.88, lon: 0.02 };
const chelmsford: Point = { lat: 51.723, lon: 0.466 };
const canterbury: Point = { lat: 51.28, lon: 1.08 };
/** Places a hundredth of a degree apart. */
const places = (count: number): Point[] =>
  Array.from({ length: count }, (_, n) => ({ lat: 50 + n / 100, lon: -1 }));

const sourcesOf = (address: URL): string[] => address.searchParams.get('sources')?.split(';') ?? [];
const table = (...durations: (number | null)[]): Said => ({
  body: { code: 'Ok', durations: durations.map((seconds) => [seconds]) },
});
const everywhere = (address: URL): Said => table(...sourcesOf(address).map(() => 600));

/** A timer of the adapter that only {@link runOut} lets run out, however slow the machine is. */
type Timer = { ms: number; abort: () => void };
let timers: Timer[];
const timeout = (ms: number): AbortSignal => {
  const controller = new AbortController();
  timers.push({ ms, abort: () => controller.abort(new DOMException('too late', 'TimeoutError')) });
  return controller.signal;
};
const runOut = (ms: number): void => {
  for (const timer of timers) if (timer.ms === ms) timer.abort();
};

const travel = (over: Partial<OsrmOptions> = {}) =>
  osrmTravel({ url, clock: { now: () => nowMs }, log: { warn: () => undefined }, timeout, ...over });

beforeAll(async () => {
  server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://osrm');
    asked.push(address);
    const said = answer(address, asked.length);
    if (said === 'silence') return;
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = [];
  timers = [];
  answer = everywhere;
  nowMs = 1_000_000;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('times on the road by a table of roads', () => {
  it('come from one question, in minutes, with every place asked once', async () => {
    answer = () => table(4_800, 5_430);
    const times = await travel().times([lewes, chelmsford, lewes], canterbury);
    expect(times(lewes, canterbury)).toEqual({ minutes: 80, source: 'osrm-table' });
    expect(times(chelmsford, canterbury)).toEqual({ minutes: 90.5, source: 'osrm-table' });
    expect(asked.map(({ pathname, search }) => pathname + search)).toEqual([
      '/table/v1/driving/0.02000,50.88000;0.46600,51.72300;1.08000,51.28000?sources=0;1&destinations=2&annotations=duration,distance',
    ]);
  });

  it('come with the length of each road from a server that measures it', async () => {
    answer = () => ({
      body: { code: 'Ok', durations: [[4_800], [5_430]], distances: [[92_340], [null]] },
    });
    const times = await travel().times([lewes, chelmsford], canterbury);
    expect(times(lewes, canterbury)).toEqual({ minutes: 80, km: 92.34, source: 'osrm-table' });
    expect(times(chelmsford, canterbury)).toEqual({ minutes: 90.5, source: 'osrm-table' });
  });

  it('are asked for in batches that the server takes', async () => {
    const all = places(TABLE_PLACES_MAX + 20);
    const times = await travel().times(all, canterbury);
    expect(asked.map((address) => sourcesOf(address).length)).toEqual([TABLE_PLACES_MAX - 1, 21]);
    for (const place of all) expect(times(place, canterbury).source).toBe('osrm-table');
  });

  it('are not asked for without end: the places beyond go by the straight line', async () => {
    const all = places(TABLE_QUESTIONS_MAX * (TABLE_PLACES_MAX - 1) + 1);
    const times = await travel().times(all, canterbury);
    expect(asked).toHaveLength(TABLE_QUESTIONS_MAX);
    const last = all.at(-1) ?? lewes;
    expect(times(last, canterbury)).toEqual({
      ...greatCircle(last, canterbury),
      because: 'too many places for one ranking',
    });
  });

  it('ask nothing where nobody can come', async () => {
    await travel().times([], canterbury);
    expect(asked).toEqual([]);
  });
});

describe('the straight line takes over, and says why', () => {
  const ranked = async (over: Partial<OsrmOptions> = {}) =>
    (await travel(over).times([lewes], canterbury))(lewes, canterbury);
  const estimated = (because: string) => ({ ...greatCircle(lewes, canterbury), because });

  it('for the one place from which no road leads', async () => {
    answer = () => table(null, 600);
    const times = await travel().times([lewes, chelmsford], canterbury);
    expect(times(lewes, canterbury)).toEqual(estimated('the road table knows no road from there'));
    expect(times(chelmsford, canterbury)).toMatchObject({ minutes: 10, source: 'osrm-table' });
  });

  it('when the server refuses the question, which is not asked again', async () => {
    answer = () => ({ status: 400, body: { code: 'TooBig', message: 'Too many table coordinates' } });
    expect(await ranked()).toEqual(estimated('the road table answered 400, TooBig'));
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a page', '<html></html>'],
    ['too few rows', { code: 'Ok', durations: [] }],
    ['rows that are no times', { code: 'Ok', durations: [['soon']] }],
    ['a time before it set out', { code: 'Ok', durations: [[-1]] }],
  ])('when it answers with %s', async (_what, body) => {
    answer = () => ({ body });
    expect(await ranked()).toEqual(estimated('the road table answered 200, what is no table'));
  });

  it('not when it fails once and then answers', async () => {
    answer = (address, attempt) => (attempt === 1 ? { status: 503, body: '' } : everywhere(address));
    expect(await ranked()).toEqual({ minutes: 10, source: 'osrm-table' });
    expect(asked).toHaveLength(2);
  });

  it('when it keeps failing', async () => {
    answer = () => ({ status: 503, body: '' });
    expect(await ranked({ retries: 1 })).toEqual(estimated('the road table answered 503'));
    expect(asked).toHaveLength(2);
  });

  it('when it does not answer, each try and all of them within their time', async () => {
    const silentFor = (ms: number): void => {
      answer = () => {
        runOut(ms);
        return 'silence';
      };
    };
    silentFor(TABLE_ANSWER_MS);
    expect(await ranked({ retries: 1 })).toEqual(estimated('the road table did not answer in time'));
    expect(asked).toHaveLength(2);
    silentFor(TABLE_DEADLINE_MS);
    expect(await ranked()).toEqual(estimated('the road table did not answer in time'));
    expect(asked).toHaveLength(3);
  });

  it('when nobody is there', async () => {
    expect(await ranked({ url: 'http://127.0.0.1:1', retries: 0 })).toEqual(
      estimated('the road table cannot be reached'),
    );
  });

  it('at once while a server that failed is left alone, and not for longer', async () => {
    const port = travel({ retries: 0 });
    answer = () => ({ status: 500, body: '' });
    await port.times([lewes], canterbury);
    answer = everywhere;
    nowMs += TABLE_REST_MS - 1;
    const resting = await port.times([lewes], canterbury);
    expect(resting(lewes, canterbury)).toEqual(estimated('the road table answered 500'));
    expect(asked).toHaveLength(1);
    nowMs += 1;
    expect((await port.times([lewes], canterbury))(lewes, canterbury).source).toBe('osrm-table');
  });

  it('for what is left when a later batch fails', async () => {
    answer = (address, attempt) =>
      attempt === 1 ? everywhere(address) : { status: 400, body: { code: 'NoSegment' } };
    const all = places(TABLE_PLACES_MAX);
    const times = await travel().times(all, canterbury);
    expect(times(all[0] ?? lewes, canterbury).source).toBe('osrm-table');
    const last = all.at(-1) ?? lewes;
    expect(times(last, canterbury)).toEqual({
      ...greatCircle(last, canterbury),
      because: 'the road table answered 400, NoSegment',
    });
  });
});

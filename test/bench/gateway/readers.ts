import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

/** What the process of the readers is told, and what it answers. */
export type ReadersOrder =
  | { do: 'open'; url: string; cookie: string; count: number }
  | { do: 'tell' }
  | { do: 'stop' };
export type ReadersNews =
  | { told: 'open' }
  | { told: 'failed'; because: string }
  /** `cameAt`: when events came to the first reader, by their place in the ledger, on the clock of the machine. */
  | { told: 'state'; bytes: number[]; ended: number; cameAt: [number, number][] };

const ID = /^id: (\d+)$/gm;
/** Readers opened at a time. */
const OPENED_AT_ONCE = 50;

const open = (agent: Agent, url: string, cookie: string, take: (chunk: Buffer) => void, end: () => void) =>
  new Promise<void>((resolve, reject) => {
    const asked = request(url, { agent, headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a reader got ${response.statusCode}`));
      response.once('data', () => resolve());
      response.on('data', take);
      response.on('close', end);
    });
    asked.on('error', reject);
    asked.end();
  });

/** Readers of a stream that count and do not look, and one that notes when each event came. */
const openReaders = async (url: string, cookie: string, count: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const bytes = Array.from({ length: count }, () => 0);
  const cameAt = new Map<number, number>();
  const state = { ended: 0 };
  const take = (n: number) => (chunk: Buffer) => {
    bytes[n] = (bytes[n] ?? 0) + chunk.length;
    if (n !== 0) return;
    const now = performance.timeOrigin + performance.now();
    for (const [, id] of chunk.toString().matchAll(ID)) {
      if (!cameAt.has(Number(id))) cameAt.set(Number(id), now);
    }
  };
  const end = (): void => {
    state.ended += 1;
  };
  for (let from = 0; from < count; from += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - from) }, (_, n) => from + n);
    await Promise.all(some.map((n) => open(agent, url, cookie, take(n), end)));
  }
  return (): ReadersNews => ({ told: 'state', bytes, ended: state.ended, cameAt: [...cameAt] });
};

/** Does what it is told, in a process of its own: readers who share one with the writer would slow it down. */
const obey = (): void => {
  let tell: (() => ReadersNews) | undefined;
  const say = (news: ReadersNews): void => void process.send?.(news);
  process.on('message', (order: ReadersOrder) => {
    switch (order.do) {
      case 'open':
        openReaders(order.url, order.cookie, order.count).then(
          (state) => {
            tell = state;
            say({ told: 'open' });
          },
          (error: Error) => say({ told: 'failed', because: error.message }),
        );
        return;
      case 'tell':
        if (tell) say(tell());
        return;
      case 'stop':
        process.exit(0);
    }
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) obey();

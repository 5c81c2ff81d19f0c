import { Agent, request } from 'node:http';

/** Readers of a stream that count and do not look, and one that notes when each event came. */
export type Readers = {
  /** Bytes that each reader has got. */
  bytes(): number[];
  /** When events came to the first reader, by their place in the ledger. */
  cameAt: ReadonlyMap<number, number>;
  /** Readers whose stream has ended. */
  ended(): number;
  stop(): void;
};

const ID = /^id: (\d+)$/gm;

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

/** Readers opened at a time. */
const OPENED_AT_ONCE = 50;

export const openReaders = async (url: string, cookie: string, count: number): Promise<Readers> => {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const counts = Array.from({ length: count }, () => 0);
  const cameAt = new Map<number, number>();
  let ended = 0;
  const take = (n: number) => (chunk: Buffer) => {
    counts[n] = (counts[n] ?? 0) + chunk.length;
    if (n !== 0) return;
    const now = performance.now();
    for (const [, id] of chunk.toString().matchAll(ID)) cameAt.set(Number(id), cameAt.get(Number(id)) ?? now);
  };
  const end = (): void => {
    ended += 1;
  };
  for (let from = 0; from < count; from += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - from) }, (_, n) => from + n);
    await Promise.all(some.map((n) => open(agent, url, cookie, take(n), end)));
  }
  return { bytes: () => counts, cameAt, ended: () => ended, stop: () => agent.destroy() };
};

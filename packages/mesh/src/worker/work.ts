import { setTimeout as delay } from 'node:timers/promises';
import { flushWithin, type Link } from '../wire/link.ts';
import { type Entry, entryOf } from './delivery.ts';
import { createJudge } from './judge.ts';
import { createPuller } from './pull.ts';
import { createQueue } from './queue.ts';
import { takeReplays } from './replay.ts';
import { createSettle } from './settle.ts';
import type { Worker, WorkOptions } from './types.ts';

/** Messages held ready for each that is being handled. */
const PREFETCH = 16;
/** How often the server is told that held messages are still in work, in milliseconds: well within a wait of 30 s. */
const IN_PROGRESS_MS = 10_000;

/** Longest wait at the end until the server has the last acknowledgements, in milliseconds. */
const FLUSH_MS = 2_000;

/**
 * Works through a durable: hands every message to `handle` and settles it by the verdict. One at a time and
 * in order, unless `parallel` is given.
 */
export const work = (mesh: Pick<Link, 'nc' | 'log'>, options: WorkOptions): Worker => {
  const { stream, durable, service, parallel = 1 } = options;
  const log = mesh.log.child({ service, stream, durable });
  const link = { nc: mesh.nc, log };
  const queue = createQueue();
  const settle = createSettle(link);
  const { ask, judge } = createJudge(link, options);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let handled = 0;

  const run = async (entry: Entry): Promise<void> => {
    let verdict = await judge(entry);
    // In order, a message that is to be tried again is held here: put back, it would let later ones overtake.
    while (verdict.do === 'retry' && parallel === 1 && !stopping.signal.aborted) {
      // An earlier one may come again, after a crash, while this one waits for just that: it goes first.
      if (queue.next(entry.seq)) {
        entry.active = false;
        entry.retries += 1;
        return;
      }
      // Also with a full queue: the durable's own limit of messages under way bounds what comes.
      puller.want(1);
      await delay(verdict.afterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) break;
      entry.retries += 1;
      verdict = await judge(entry);
    }
    queue.remove(entry);
    if (verdict.do === 'retry') settle.putBack(entry, stopping.signal.aborted ? 0 : verdict.afterMs);
    else if (verdict.do === 'ack') settle.ack(entry);
    else settle.term(entry, verdict.reason);
    if (verdict.do !== 'retry') handled += 1;
  };
  const start = (entry: Entry): void => {
    entry.active = true;
    const done = run(entry).finally(() => {
      running.delete(done);
      fill();
    });
    running.add(done);
  };
  const fill = (): void => {
    if (stopping.signal.aborted) return;
    for (let entry = queue.next(); entry && running.size < parallel; entry = queue.next()) start(entry);
    const room = parallel * PREFETCH - queue.all().length;
    if (room >= (parallel * PREFETCH) / 2) puller.want(room);
  };
  const puller = createPuller(link, {
    stream,
    durable,
    onMessage: (msg) => {
      const entry = entryOf(msg);
      if (!entry || stopping.signal.aborted) return;
      queue.add(entry);
      fill();
    },
  });
  const endReplays = takeReplays(link, options, ask);
  const keeping = setInterval(() => queue.all().forEach(settle.inProgress), IN_PROGRESS_MS).unref();
  fill();

  return {
    handled: () => handled,
    stop: async () => {
      stopping.abort();
      puller.stop();
      endReplays();
      await Promise.all(running);
      clearInterval(keeping);
      for (const entry of queue.all()) settle.putBack(entry, 0);
      await flushWithin(mesh.nc, FLUSH_MS);
    },
  };
};

import { setTimeout as delay } from 'node:timers/promises';
import { assertToken } from '@muster/contracts';
import { createGate } from '../append/gate.ts';
import { bury } from '../dead/letter.ts';
import { flushWithin, type Link } from '../wire/link.ts';
import { type Entry, entryOf, messageOf } from './delivery.ts';
import { createPuller } from './pull.ts';
import { createQueue } from './queue.ts';
import { takeReplays } from './replay.ts';
import { createSettle } from './settle.ts';
import type { Verdict, Worker, WorkMessage, WorkOptions } from './types.ts';

/** Messages held ready for each that is being handled. */
const PREFETCH = 16;
/** How often the server is told that held messages are still in work, in milliseconds: well within a wait of 30 s. */
const IN_PROGRESS_MS = 10_000;
/** Wait before another try when the handler threw or the dead letter could not be stored, in milliseconds. */
const TROUBLE_WAIT_MS = 1_000;
/** Hand-overs after which a message on which the handler keeps throwing becomes a dead letter. */
const THROWS_MAX = 10;

/** Longest wait at the end until the server has the last acknowledgements, in milliseconds. */
const FLUSH_MS = 2_000;

/** Asks the handler; a throw becomes a verdict. */
const ask = async (
  mesh: Pick<Link, 'log'>,
  { handle, deliveriesMax }: WorkOptions,
  message: WorkMessage,
): Promise<Verdict> => {
  try {
    const verdict = await handle(message);
    if (verdict.do === 'dead') assertToken(verdict.reason);
    if (verdict.do !== 'retry' || deliveriesMax === undefined || message.deliveries < deliveriesMax)
      return verdict;
    return { do: 'dead', reason: 'gave-up', because: `${message.deliveries} tries: ${verdict.because}` };
  } catch (error) {
    const because = `handler failed: ${String(error)}`;
    mesh.log.error({ err: error, seq: message.seq, deliveries: message.deliveries }, 'handler failed');
    return message.deliveries < Math.min(THROWS_MAX, deliveriesMax ?? THROWS_MAX)
      ? { do: 'retry', afterMs: TROUBLE_WAIT_MS, because }
      : { do: 'dead', reason: 'handler-failed', because };
  }
};

/** Stores the dead letter, or says that it has to be tried again: a message is never lost for want of one. */
const storeDead = async (
  mesh: Pick<Link, 'nc'>,
  options: WorkOptions,
  message: WorkMessage,
  { reason, because }: Extract<Verdict, { do: 'dead' }>,
): Promise<Verdict> => {
  const { stream, durable, mode, owner, service } = options;
  const { seq, subject, deliveries, headers, data: body } = message;
  const buried = await bury(mesh, {
    mode,
    owner,
    service,
    reason,
    because,
    body,
    headers,
    origin: { stream, durable, seq, subject, deliveries },
  });
  return buried.kind === 'stored'
    ? { do: 'dead', reason, because }
    : { do: 'retry', afterMs: TROUBLE_WAIT_MS, because: `dead letter not stored: ${buried.because}` };
};

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
  const turns = createGate(parallel);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let handled = 0;

  const attempt = async (message: WorkMessage): Promise<Verdict> => {
    const wait = turns.enter();
    if (wait) await wait;
    try {
      return await ask(link, options, message);
    } finally {
      turns.leave();
    }
  };
  const judge = async (entry: Entry): Promise<Verdict> => {
    const message = messageOf(entry);
    const verdict = await attempt(message);
    const settled = verdict.do === 'dead' ? await storeDead(link, options, message, verdict) : verdict;
    const { seq, deliveries } = message;
    if (settled.do === 'ack') log.debug({ seq, deliveries }, 'handled');
    else log.warn({ seq, deliveries, verdict: settled }, 'not handled');
    return settled;
  };
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
  const endReplays = takeReplays(link, options, attempt);
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

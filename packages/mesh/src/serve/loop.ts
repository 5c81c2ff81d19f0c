import { type Refusal, refuse } from '@muster/contracts';
import type { Msg, Subscription } from '@nats-io/nats-core';
import { flushWithin, type Link, publishIfOpen } from '../wire/link.ts';
import { mayAnswer } from './incoming.ts';

/** A running server of requests. */
export type Server = {
  /** Resolves when the server knows of it: from then on requests arrive. A connection that is lost before then tells the server when it is back. */
  ready: Promise<void>;
  /** Takes no more, finishes what it has, sends the answers, and resolves. */
  stop(): Promise<void>;
  /** Requests ignored because their reply subject was not a private inbox. */
  forged(): number;
  /** Requests that are being answered now. */
  inFlight(): number;
};

export type LoopOptions = {
  subjects: readonly string[];
  queue: string;
  inFlightMax: number;
  /** The answer; undefined when nothing may be said, because it is not known what happened. */
  answer(msg: Msg): Promise<Uint8Array | string | undefined>;
  refused(refusal: Refusal): string;
};

/** Longest wait at the end for the server, in milliseconds. */
const FLUSH_MS = 2_000;

/** What the handler did before it failed is not known, so the sender is left to find out: no answer. */
export const UNANSWERED = 'request failed and is left unanswered';

const BUSY = refuse('unavailable', 'too many requests at once; send the same again');

/** Takes requests from queue groups, answers each once, and drains when stopped. */
export const serveLoop = (mesh: Pick<Link, 'nc' | 'log'>, options: LoopOptions): Server => {
  const { nc, log } = mesh;
  const running = new Set<Promise<void>>();
  let forged = 0;

  const run = async (msg: Msg): Promise<void> => {
    try {
      const answer = await options.answer(msg);
      if (answer !== undefined) publishIfOpen(nc, msg.reply ?? '', answer);
    } catch (error) {
      log.error({ err: error, subject: msg.subject }, UNANSWERED);
    }
  };
  const take = (error: Error | null, msg: Msg): void => {
    if (error) {
      log.error({ err: error, subjects: options.subjects }, 'this user may not listen for requests');
      return;
    }
    if (!mayAnswer(msg, log)) {
      forged += 1;
      return;
    }
    if (running.size >= options.inFlightMax) {
      msg.respond(options.refused(BUSY));
      return;
    }
    const done = run(msg).finally(() => running.delete(done));
    running.add(done);
  };
  const subscriptions: Subscription[] = options.subjects.map((subject) =>
    nc.subscribe(subject, { queue: options.queue, callback: take }),
  );

  const ready = nc
    .flush()
    .catch((error: unknown) => log.debug({ err: error }, 'connection was lost before requests were served'));

  return {
    ready,
    forged: () => forged,
    inFlight: () => running.size,
    stop: async () => {
      // What the server has sent before it hears of the end still arrives, as with a drain; but a drain waits
      // for a server that may be out of reach.
      const draining = subscriptions.filter((one) => !one.isClosed() && !nc.isClosed() && !nc.isDraining());
      for (const one of draining)
        one.drain().catch((error: unknown) => log.debug({ err: error }, 'drain failed'));
      await flushWithin(nc, FLUSH_MS);
      while (running.size > 0) await Promise.all(running);
      await flushWithin(nc, FLUSH_MS);
    },
  };
};

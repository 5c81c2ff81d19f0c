import { createInbox, type Msg, nanos } from '@nats-io/nats-core';
import { inboxPrefixIn, type Link, publishIfOpen } from '../wire/link.ts';

/** Life of one pull, in milliseconds. */
const EXPIRES_MS = 30_000;
/** The server says every so often that it is still there, in milliseconds. */
const HEARTBEAT_MS = 5_000;
/** Heartbeats that may fail to come before the pull is sent anew. */
const SILENT_BEATS_MAX = 2;
/** Wait before the next pull after the server turned one down, in milliseconds. */
const TROUBLE_WAIT_MS = 500;

const STATUS = { heartbeat: 100, noMessages: 404, expired: 408 } as const;

/**
 * Asks a durable for messages by its raw subject: through the imports of an organisation's account nothing
 * else passes, so the client's own consumers cannot be used.
 */
export type Puller = {
  /** Asks for `count` more, unless an earlier pull is still open. */
  want(count: number): void;
  stop(): void;
};

export type PullerOptions = { stream: string; durable: string; onMessage(msg: Msg): void };

export const createPuller = (mesh: Pick<Link, 'nc' | 'log'>, options: PullerOptions): Puller => {
  const { nc, log } = mesh;
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${options.durable}`;
  const base = createInbox(inboxPrefixIn(nc));
  let serial = 0;
  let inbox = '';
  /** Messages that the open pull may still bring; 0 when none is open. */
  let open = 0;
  let wanted = 0;
  let silentBeats = 0;
  let stopped = false;
  let troubled: NodeJS.Timeout | undefined;

  const pull = (): void => {
    if (stopped || troubled || wanted === 0) return;
    serial += 1;
    inbox = `${base}.${serial}`;
    open = wanted;
    silentBeats = 0;
    const request = { batch: wanted, expires: nanos(EXPIRES_MS), idle_heartbeat: nanos(HEARTBEAT_MS) };
    publishIfOpen(nc, subject, JSON.stringify(request), inbox);
  };
  const pullLater = (): void => {
    open = 0;
    troubled ??= setTimeout(() => {
      troubled = undefined;
      pull();
    }, TROUBLE_WAIT_MS).unref();
  };
  const onStatus = (msg: Msg): void => {
    const code = msg.headers?.code ?? 0;
    if (msg.subject !== inbox || code === STATUS.heartbeat) return;
    if (code === STATUS.expired || code === STATUS.noMessages) {
      open = 0;
      pull();
      return;
    }
    log.warn({ code, description: msg.headers?.description }, 'pull was turned down and is sent again');
    pullLater();
  };
  const subscription = nc.subscribe(`${base}.*`, {
    callback: (error, msg) => {
      if (error) {
        log.error({ err: error }, 'this user may not listen on its own inbox');
        return;
      }
      silentBeats = 0;
      if (!msg.reply) return onStatus(msg);
      open = Math.max(0, open - 1);
      wanted = Math.max(0, wanted - 1);
      options.onMessage(msg);
    },
  });
  const beat = setInterval(() => {
    if (open === 0) return;
    silentBeats += 1;
    if (silentBeats > SILENT_BEATS_MAX) pull();
  }, HEARTBEAT_MS).unref();
  const follow = async (): Promise<void> => {
    for await (const { type } of nc.status()) {
      if (stopped) return;
      if (type === 'reconnect' && open > 0) pull();
    }
  };
  void follow();

  return {
    want: (count) => {
      wanted = Math.max(wanted, count);
      if (open === 0) pull();
    },
    stop: () => {
      stopped = true;
      clearInterval(beat);
      clearTimeout(troubled);
      if (!subscription.isClosed()) subscription.unsubscribe();
    },
  };
};

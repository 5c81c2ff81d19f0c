import {
  createInbox,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  PermissionViolationError,
  type Status,
} from '@nats-io/nats-core';
import { inboxPrefixIn, isConnectionOver } from './link.ts';

/** Why a request got no answer. `not-sent` and `no-responders` and `denied` are definite: nobody has seen it. */
export type Unanswered = 'timeout' | 'disconnected' | 'not-sent' | 'no-responders' | 'denied';

/** The answer, or why there is none. */
export type Reply = Msg | Unanswered;

/** Requests over one shared reply subscription, without a timer for each. */
export type Mux = {
  /** Never rejects for what the network does. @throws when the message itself cannot be sent. */
  request(
    subject: string,
    data: Uint8Array,
    headers: MsgHdrs | undefined,
    deadlineMs: number,
  ): Promise<Reply>;
};

/** How often overdue requests are looked for, in milliseconds: a deadline is kept to within this. */
const SWEEP_MS = 25;
/** Sweeps without anything waiting after which the sweeper rests. */
const IDLE_SWEEPS_MAX = 40;
/** Answer that the server itself gives when nobody listens. */
const NO_RESPONDERS = 503;

type Waiting = { subject: string; dueTick: number; settle: (reply: Reply) => void };

const isNoResponders = (msg: Msg): boolean => msg.data.length === 0 && msg.headers?.code === NO_RESPONDERS;

const isPublishDenied = (error: Error): error is PermissionViolationError =>
  error instanceof PermissionViolationError && error.operation === 'publish';

/** Tells of every change of the connection, and of its end. */
const follow = async (nc: NatsConnection, tell: (status: Status) => void): Promise<void> => {
  for await (const status of nc.status()) tell(status);
  tell({ type: 'close' });
};

const createMux = (nc: NatsConnection): Mux => {
  const base = `${createInbox(inboxPrefixIn(nc))}.`;
  const waiting = new Map<string, Waiting>();
  let serial = 0;
  let tick = 0;
  let idleTicks = 0;
  let timer: NodeJS.Timeout | undefined;
  let connected = true;

  const settle = (token: string, reply: Reply): void => {
    const entry = waiting.get(token);
    if (entry === undefined) return;
    waiting.delete(token);
    entry.settle(reply);
  };
  const settleAll = (reply: Unanswered, of: (entry: Waiting) => boolean): void => {
    for (const [token, entry] of waiting) if (of(entry)) settle(token, reply);
  };
  const sweep = (): void => {
    tick += 1;
    settleAll('timeout', (entry) => entry.dueTick <= tick);
    idleTicks = waiting.size === 0 ? idleTicks + 1 : 0;
    if (idleTicks < IDLE_SWEEPS_MAX) return;
    clearInterval(timer);
    timer = undefined;
  };
  const onStatus = (status: Status): void => {
    if (status.type === 'disconnect' || status.type === 'close') {
      connected = false;
      settleAll('disconnected', () => true);
    } else if (status.type === 'reconnect') {
      connected = true;
    } else if (status.type === 'error' && isPublishDenied(status.error)) {
      const { subject } = status.error;
      settleAll('denied', (entry) => entry.subject === subject);
    }
  };
  nc.subscribe(`${base}*`, {
    callback: (error, msg) => {
      if (error) return;
      settle(msg.subject.slice(base.length), isNoResponders(msg) ? 'no-responders' : msg);
    },
  });
  void follow(nc, onStatus);

  return {
    request: (subject, data, headers, deadlineMs) => {
      if (!connected) return Promise.resolve('not-sent');
      serial += 1;
      const token = serial.toString(36);
      const dueTick = tick + 1 + Math.ceil(deadlineMs / SWEEP_MS);
      return new Promise<Reply>((resolve, reject) => {
        waiting.set(token, { subject, dueTick, settle: resolve });
        timer ??= setInterval(sweep, SWEEP_MS).unref();
        try {
          nc.publish(subject, data, headers ? { headers, reply: base + token } : { reply: base + token });
        } catch (error) {
          waiting.delete(token);
          if (isConnectionOver(error)) resolve('not-sent');
          else reject(error);
        }
      });
    },
  };
};

/** Stands for the mux of a connection that has ended. */
const CLOSED: Mux = { request: () => Promise.resolve('not-sent') };

const muxes = new WeakMap<NatsConnection, Mux>();

/** The connection's one mux. */
export const muxOf = (nc: NatsConnection): Mux => {
  const known = muxes.get(nc);
  if (known) return known;
  if (nc.isClosed() || nc.isDraining()) return CLOSED;
  const made = createMux(nc);
  muxes.set(nc, made);
  return made;
};

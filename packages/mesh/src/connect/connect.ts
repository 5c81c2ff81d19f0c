import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { Authenticator, NatsConnection } from '@nats-io/nats-core';
import { connect as connectNats } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { type Nkey, nkeyOf } from '../keys/nkey.ts';
import { ConnectError, faultOf } from './errors.ts';
import { followStatus } from './status.ts';

/** One connection to the mesh, under one user. */
export type Mesh = {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  clock: Clock;
  log: Logger;
  /** Lets what is under way finish, then closes. Safe to call twice. */
  close(): Promise<void>;
};

export type ConnectOptions = {
  /** One or more addresses, separated by commas. */
  servers: string;
  /** The user's nkey seed. */
  seed: string;
  /** Shown in the server's monitoring. */
  name: string;
  clock: Clock;
  log: Logger;
  jetstream?: {
    /** Longest wait for an answer of the JetStream API, in milliseconds; default 5,000. */
    timeoutMs?: number;
  };
};

/** Longest handshake, in milliseconds. */
const HANDSHAKE_MS_MAX = 5_000;
/** Wait between two attempts to reconnect, in milliseconds, to which up to the jitter is added. */
const RECONNECT_WAIT_MS = 100;
const RECONNECT_JITTER_MS = 400;
/** A link that answers neither of two pings at this interval, in milliseconds, is given up. */
const PING_INTERVAL_MS = 10_000;
const PINGS_OUTSTANDING_MAX = 2;
/** Default wait for an answer of the JetStream API, in milliseconds. */
const API_TIMEOUT_MS = 5_000;
/** Longest orderly end of a connection, in milliseconds; then it is cut. */
const DRAIN_MS_MAX = 5_000;

/** The prefix of the only subjects that a user may subscribe to for answers. */
export const inboxPrefixOf = (publicKey: string): string => `_INBOX.${publicKey}`;

const authenticatorOf =
  (key: Nkey): Authenticator =>
  (nonce) => ({
    nkey: key.publicKey,
    sig: nonce ? Buffer.from(key.sign(Buffer.from(nonce))).toString('base64url') : '',
  });

const keyOf = (options: ConnectOptions): Nkey => {
  try {
    return nkeyOf(options.seed);
  } catch (cause) {
    throw new ConnectError('bad-seed', options.servers, { cause });
  }
};

const open = async (options: ConnectOptions, key: Nkey): Promise<NatsConnection> => {
  try {
    return await connectNats({
      servers: options.servers.split(',').map((server) => server.trim()),
      name: options.name,
      authenticator: authenticatorOf(key),
      inboxPrefix: inboxPrefixOf(key.publicKey),
      timeout: HANDSHAKE_MS_MAX,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      reconnectJitter: RECONNECT_JITTER_MS,
      reconnectJitterTLS: RECONNECT_JITTER_MS,
      pingInterval: PING_INTERVAL_MS,
      maxPingOut: PINGS_OUTSTANDING_MAX,
      noAsyncTraces: true,
    });
  } catch (cause) {
    throw new ConnectError(faultOf(cause), options.servers, { cause });
  }
};

/** A drain waits for the server; one that is out of reach must not hold the end of a process. */
const drain = async (nc: NatsConnection): Promise<void> => {
  if (nc.isClosed()) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), DRAIN_MS_MAX);
  });
  const drained = nc.drain().then(
    () => 'drained' as const,
    () => 'late' as const,
  );
  const outcome = await Promise.race([drained, late]);
  clearTimeout(timer);
  if (outcome === 'late') await nc.close();
};

/**
 * Connects as the user of the seed. A lost connection is made again for ever, with jitter, unless the
 * server refuses the key: then it closes (`nc.closed()`).
 * @throws ConnectError
 */
export const connect = async (options: ConnectOptions): Promise<Mesh> => {
  const key = keyOf(options);
  const nc = await open(options, key);
  const timeout = options.jetstream?.timeoutMs ?? API_TIMEOUT_MS;
  const log = options.log.child({ connection: options.name });
  followStatus(nc, log);
  let closing: Promise<void> | undefined;
  return {
    nc,
    js: jetstream(nc, { timeout }),
    // An organisation's account cannot ask the API about itself, and need not.
    jsm: await jetstreamManager(nc, { timeout, checkAPI: false }),
    clock: options.clock,
    log,
    close: () => {
      closing ??= drain(nc);
      return closing;
    },
  };
};

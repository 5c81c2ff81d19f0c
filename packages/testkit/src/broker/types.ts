/** How the broker of a test runs: a child process of the test, or a container of a local engine. */
export type BrokerWay = 'process' | 'container';

/** Where a server listens and stores; `port` is -1 when the server may choose one itself. */
export type ConfigPlace = { host: string; port: number; storeDir: string };

/** Writes the server's configuration for a place. */
export type ConfigText = (place: ConfigPlace) => string;

export type BrokerOptions = {
  /** Default: `process`. */
  way?: BrokerWay;
  /** Default: JetStream with an fsync for every message and no accounts. */
  config?: ConfigText;
  /** Client port; default: any free one. */
  port?: number;
};

/** A real nats-server on loopback with a store of its own; port and store stay the same over its restarts. */
export type Broker = AsyncDisposable & {
  readonly way: BrokerWay;
  readonly port: number;
  /** `nats://127.0.0.1:<port>`. */
  readonly url: string;
  /** Starts a stopped or killed server again. Throws when it does not come up. */
  start(): Promise<void>;
  /** Orderly shutdown. */
  stop(): Promise<void>;
  /** Ends the server at once, as a crash would. */
  kill9(): Promise<void>;
  /** Freezes the server without closing a connection. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Puts a new configuration in place and has the running server read it. Throws when the server refuses it. */
  reload(config: ConfigText): Promise<void>;
  /** What the server has written so far. */
  log(): Promise<string>;
};

export const LOOPBACK = '127.0.0.1';

/** Longest time that a server gets to start, stop or reload, in milliseconds. */
export const BROKER_DEADLINE_MS = 20_000;

export const plainConfig: ConfigText = ({ host, port, storeDir }) => `
listen: "${host}:${port}"
server_name: "test"
jetstream { store_dir: "${storeDir}", sync_interval: always }
`;

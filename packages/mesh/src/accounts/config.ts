import { MODES, type Mode, ORGS } from '@muster/contracts';
import { HUB_USERS, orgUser, readerUser, SYSTEM_USER } from '../keys/users.ts';
import {
  type Entrance,
  entrancesOf,
  HUB_ACCOUNT,
  hubImportsOf,
  orgAccount,
  SYSTEM_ACCOUNT,
} from './interface.ts';
import { hubPermissions, orgPermissions, readerPermissions } from './permissions.ts';

export type ServerConfigOptions = {
  /** Lasting identity of the server: never given to another one. */
  serverName: string;
  listen: { host: string; port: number };
  storeDir: string;
  /** Public nkey of every user, by user; see `publicKeys`. */
  publicKeys: Readonly<Record<string, string>>;
  /** Organisations that get an account; default: all of the reference data. */
  orgs?: readonly string[];
  /** The server is a node of a cluster; `routes` name every node. */
  cluster?: { name: string; host?: string; port: number; routes: readonly string[] };
  /** Port of the server's own monitoring, on the same host. */
  monitorPort?: number;
  /** Port for NATS over WebSocket without TLS; on the loopback address, whatever the server listens on. */
  webSocketPort?: number;
  /** Every message is on the disk before it is acknowledged; without, a power cut loses acknowledged ones. */
  syncAlways: boolean;
};

/** JetStream domain of the hub, so that leaf nodes can have their own later. Never changed. */
const DOMAIN = 'HUB';
const LOOPBACK = '127.0.0.1';
/** Atomic batches that may be open at a time; the server's own limits (50 and 1,000) are met by a busy broker. */
const OPEN_BATCHES = { max_inflight_per_stream: 500, max_inflight_total: 5_000 };

const keyOf = (keys: ServerConfigOptions['publicKeys'], user: string): string => {
  const key = keys[user];
  if (key === undefined) {
    throw new RangeError(`there is no public key for "${user}": make its key with "muster keys generate"`);
  }
  return key;
};

const exportOf = (org: string, { subject, answers }: Entrance) => ({
  service: subject,
  accounts: [orgAccount(org)],
  ...(answers === 'many' ? { response_type: 'stream' } : {}),
});

const entrances = (org: string): Entrance[] => MODES.flatMap((mode) => entrancesOf(org, mode));

const hubAccount = (orgs: readonly string[], keys: ServerConfigOptions['publicKeys']) => ({
  jetstream: 'enabled',
  users: HUB_USERS.map((user) => {
    const nkey = keyOf(keys, user);
    const permissions = hubPermissions(user, nkey, orgs);
    return permissions ? { nkey, permissions } : { nkey };
  }),
  exports: orgs.flatMap((org) => entrances(org).map((entrance) => exportOf(org, entrance))),
  imports: orgs.flatMap((org) =>
    hubImportsOf(org).map((subject) => ({ service: { account: orgAccount(org), subject } })),
  ),
});

const accountOf = (org: string, keys: ServerConfigOptions['publicKeys']) => ({
  users: MODES.flatMap((mode: Mode) => {
    const nkey = keyOf(keys, orgUser(org, mode));
    const reader = keys[readerUser(org, mode)];
    return [
      { nkey, permissions: orgPermissions(org, mode, nkey) },
      ...(reader === undefined ? [] : [{ nkey: reader, permissions: readerPermissions(org, mode, reader) }]),
    ];
  }),
  exports: hubImportsOf(org).map((service) => ({ service, accounts: [HUB_ACCOUNT] })),
  imports: entrances(org).map(({ subject }) => ({ service: { account: HUB_ACCOUNT, subject } })),
});

const accounts = (orgs: readonly string[], keys: ServerConfigOptions['publicKeys']) => ({
  [SYSTEM_ACCOUNT]: { users: [{ nkey: keyOf(keys, SYSTEM_USER) }] },
  [HUB_ACCOUNT]: hubAccount(orgs, keys),
  ...Object.fromEntries(orgs.map((org) => [orgAccount(org), accountOf(org, keys)])),
});

/**
 * The configuration of a nats-server of the mesh: one account for the hub, one for each organisation that
 * imports only its own subjects. Its format takes JSON for values.
 * @throws RangeError when a user has no key.
 */
export const serverConfig = (options: ServerConfigOptions): string => {
  const { listen, cluster } = options;
  const settings: Record<string, unknown> = {
    server_name: options.serverName,
    listen: `${listen.host}:${listen.port}`,
    ...(options.monitorPort === undefined ? {} : { http: `${listen.host}:${options.monitorPort}` }),
    ...(options.webSocketPort === undefined
      ? {}
      : { websocket: { listen: `${LOOPBACK}:${options.webSocketPort}`, no_tls: true } }),
    jetstream: {
      store_dir: options.storeDir,
      domain: DOMAIN,
      ...(options.syncAlways ? { sync_interval: 'always' } : {}),
      limits: { batch: OPEN_BATCHES },
    },
    ...(cluster
      ? {
          cluster: {
            name: cluster.name,
            listen: `${cluster.host ?? listen.host}:${cluster.port}`,
            routes: cluster.routes,
          },
        }
      : {}),
    system_account: SYSTEM_ACCOUNT,
    accounts: accounts(options.orgs ?? ORGS, options.publicKeys),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value, null, 1)}`);
  return `# Made from the reference data; change that or the keys, not this file.\n${lines.join('\n')}\n`;
};

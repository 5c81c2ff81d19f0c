import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mode, ORGS } from '@muster/contracts';
import {
  applyPlan,
  type Caller,
  connect,
  createCaller,
  durableDefinitions,
  type Mesh,
  makeKeys,
  planStreams,
  publicKeys,
  readSeed,
  serverConfig,
  streamDefinitions,
  systemClock,
} from '@muster/mesh';
import { type Broker, type Cluster, eventually, startBroker, startCluster } from '@muster/testkit';
import { pino } from 'pino';
import { type Service, type ServiceSpec, startService } from './children.ts';

export type WorldOptions = {
  mode: Mode;
  /** Modes whose streams are there too, with no service of ours in them. */
  alsoModes?: readonly Mode[];
  /** Forces whose durables exist; all others have an account but no adapter. */
  forces: readonly string[];
  /** 1: one server; 3: a cluster of three with every stream on all of them. */
  servers?: 1 | 3;
  /** Port for NATS over WebSocket, on one server. */
  webSocketPort?: number;
  /** Users beside those that every mesh has, such as `kent-reader.exercise`. */
  moreUsers?: readonly string[];
};

/** A whole mesh for one test: server or cluster, accounts, streams, and the services that it asks for. */
export type World = AsyncDisposable & {
  readonly url: string;
  readonly mode: Mode;
  readonly keysDir: string;
  readonly dir: string;
  readonly admin: Mesh;
  readonly server: Broker | undefined;
  readonly cluster: Cluster | undefined;
  service(
    spec: Pick<ServiceSpec, 'name' | 'label' | 'args' | 'doomed'> & { env?: Record<string, string> },
  ): Promise<Service>;
  /** A force adapter that hosts these forces, with the rosters given as CSV text. */
  adapter(
    label: string,
    forces: readonly HostedForce[],
    env?: Record<string, string>,
    settings?: AdapterSettings,
  ): Promise<Service>;
  /** Puts another roster in place of the one that the adapter of that label reads for the force. */
  rewriteRoster(label: string, force: string, csv: string): void;
  /** A connection with the credentials of a user such as `kent.exercise` or `hub-auditor`. */
  connectAs(user: string): Promise<Mesh>;
  /** A caller for an organisation in this world's mode. */
  callerOf(org: string): Promise<Caller>;
};

export type HostedForce = {
  force: string;
  roster: string;
  answer?: 'automatic' | 'person';
  confirm?: 'automatic' | 'person';
  /** Whether its people may confirm and refuse by the gateway. */
  decisions?: 'own' | 'gateway';
};

/** What holds for all forces of one adapter; see its configuration. */
export type AdapterSettings = { advertTtlSeconds?: number };

const configWith =
  (keysDir: string, cluster?: { name: string; port: number; routes: string[] }, webSocketPort?: number) =>
  (place: { host: string; port: number; storeDir: string; name?: string; monitorPort?: number }): string =>
    serverConfig({
      serverName: place.name ?? 'test',
      listen: { host: place.host, port: place.port },
      storeDir: place.storeDir,
      publicKeys: publicKeys(keysDir),
      orgs: ORGS,
      ...(place.monitorPort === undefined ? {} : { monitorPort: place.monitorPort }),
      ...(cluster ? { cluster } : {}),
      ...(webSocketPort === undefined ? {} : { webSocketPort }),
      syncAlways: true,
    });

const startServers = async (keysDir: string, servers: 1 | 3, webSocketPort?: number) => {
  if (servers === 1) {
    const server = await startBroker({ config: configWith(keysDir, undefined, webSocketPort) });
    return { server, cluster: undefined, url: server.url, dispose: () => server[Symbol.asyncDispose]() };
  }
  const cluster = await startCluster(3, {
    config: (node) =>
      configWith(keysDir, { name: 'muster', port: node.clusterPort, routes: node.routes })(node),
  });
  return { server: undefined, cluster, url: cluster.url, dispose: () => cluster[Symbol.asyncDispose]() };
};

const ROSTER_FILE = 'capabilities.csv';

const adapterConfig = (
  dir: string,
  label: string,
  forces: readonly HostedForce[],
  settings: AdapterSettings = {},
): string => {
  const entries = forces.map(({ force, roster, decisions = 'own', ...by }) => {
    const { answer = 'automatic', confirm = 'automatic' } = by;
    const folder = join(dir, label, force);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, ROSTER_FILE), roster);
    return {
      ...{ force, roster: folder, answer: { policy: answer }, confirm: { policy: confirm } },
      decisions: { through: decisions },
    };
  });
  const file = join(dir, `${label}.yaml`);
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ ...settings, forces: entries, settleMs: 0 }));
  return file;
};

/** Builds the world; `await using` ends every process and removes every file of it. */
export const startWorld = async (options: WorldOptions): Promise<World> => {
  const dir = mkdtempSync(join(tmpdir(), 'muster-world-'));
  const keysDir = join(dir, 'keys');
  const logs = join(dir, 'logs');
  mkdirSync(logs);
  makeKeys(keysDir);
  if (options.moreUsers) makeKeys(keysDir, { users: options.moreUsers });
  const { server, cluster, url, dispose } = await startServers(
    keysDir,
    options.servers ?? 1,
    options.webSocketPort,
  );
  const meshes: Mesh[] = [];
  const services: Service[] = [];
  const connectAs = async (user: string): Promise<Mesh> => {
    const mesh = await connect({
      servers: url,
      seed: readSeed(keysDir, user),
      name: `test ${user}`,
      clock: systemClock,
      log: pino({ level: 'silent' }),
    });
    meshes.push(mesh);
    return mesh;
  };
  const admin = await connectAs('hub-admin');
  const modes = [options.mode, ...(options.alsoModes ?? [])];
  const definitions = {
    streams: streamDefinitions({ modes, replicas: options.servers ?? 1 }),
    durables: durableDefinitions({ modes, forces: options.forces }),
  };
  // A cluster that has just elected its leader may still turn a first stream down.
  await eventually(
    async () => {
      await applyPlan(admin, await planStreams(admin, definitions));
      return true;
    },
    { deadlineMs: 60_000, everyMs: 500, what: 'the streams are made' },
  );
  const service: World['service'] = async ({ env, ...spec }) => {
    const started = await startService({
      ...spec,
      logs,
      env: {
        NATS_URL: url,
        MUSTER_KEYS_DIR: keysDir,
        MUSTER_MODE: options.mode,
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
        ...env,
      },
    });
    services.push(started);
    return started;
  };
  return {
    url,
    mode: options.mode,
    keysDir,
    dir,
    admin,
    server,
    cluster,
    service,
    adapter: (label, forces, env, settings) =>
      service({
        name: 'force-adapter',
        label,
        args: [adapterConfig(dir, label, forces, settings)],
        env: env ?? {},
      }),
    rewriteRoster: (label, force, csv) => writeFileSync(join(dir, label, force, ROSTER_FILE), csv),
    connectAs,
    callerOf: async (org) => createCaller(await connectAs(`${org}.${options.mode}`)),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(services.map((each) => each[Symbol.asyncDispose]()));
      await Promise.allSettled(meshes.map((mesh) => mesh.close()));
      await dispose();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

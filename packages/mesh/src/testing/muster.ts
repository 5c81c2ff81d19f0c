import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isForce, MODES, type Mode, ORGS } from '@muster/contracts';
import {
  type Broker,
  type BrokerWay,
  type Cluster,
  type ConfigPlace,
  type NodePlace,
  startBroker,
  startCluster,
} from '@muster/testkit';
import { pino } from 'pino';
import { serverConfig } from '../accounts/config.ts';
import { type Clock, systemClock } from '../clock.ts';
import { connect, type Mesh } from '../connect/connect.ts';
import { makeKeys, publicKeys, readSeed } from '../keys/keys.ts';
import { usersOf } from '../keys/users.ts';
import { streamDefinitions } from '../streams/definitions.ts';
import { durableDefinitions } from '../streams/durables.ts';
import { applyPlan, planStreams } from '../streams/plan.ts';

export type MusterOptions = {
  /** Organisations that get an account and, if forces, a durable. Default: all, which takes a second longer. */
  orgs?: readonly string[];
  /** Modes whose streams are made; default both. */
  modes?: readonly Mode[];
  /** False leaves the server without streams. */
  streams?: boolean;
  /** Default true, as in production. */
  syncAlways?: boolean;
  clock?: Clock;
};

/** A mesh for tests: server or cluster, keys, accounts and streams. */
export type Muster = AsyncDisposable & {
  readonly url: string;
  readonly keysDir: string;
  /** Connects as a user, such as `hub-broker` or `kent.actual`; closed with the mesh. */
  connect(user: string, options?: { servers?: string; clock?: Clock }): Promise<Mesh>;
  readonly admin: Mesh;
};

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });

type Base = { keysDir: string; config: (place: ConfigPlace & Partial<NodePlace>) => string };

const prepare = (options: MusterOptions): Base => {
  const orgs = options.orgs ?? ORGS;
  const keysDir = join(mkdtempSync(join(tmpdir(), 'muster-mesh-')), 'keys');
  makeKeys(keysDir, { users: usersOf(orgs) });
  const keys = publicKeys(keysDir);
  const config: Base['config'] = ({ host, port, storeDir, name, clusterPort, monitorPort, routes }) =>
    serverConfig({
      serverName: name ?? 'hub',
      listen: { host, port },
      storeDir,
      publicKeys: keys,
      orgs,
      syncAlways: options.syncAlways ?? true,
      ...(clusterPort !== undefined && routes
        ? { cluster: { name: 'muster', port: clusterPort, routes } }
        : {}),
      ...(monitorPort === undefined ? {} : { monitorPort }),
    });
  return { keysDir, config };
};

const finish = async (
  base: Base,
  running: AsyncDisposable & { url: string },
  replicas: 1 | 3,
  options: MusterOptions,
): Promise<Muster> => {
  const open: Mesh[] = [];
  const connectAs: Muster['connect'] = async (user, how = {}) => {
    const mesh = await connect({
      servers: how.servers ?? running.url,
      seed: readSeed(base.keysDir, user),
      name: `test ${user}`,
      clock: how.clock ?? options.clock ?? systemClock,
      log,
    });
    open.push(mesh);
    return mesh;
  };
  const dispose = async () => {
    await Promise.all(open.map((mesh) => mesh.nc.close()));
    await running[Symbol.asyncDispose]();
    rmSync(join(base.keysDir, '..'), { recursive: true, force: true });
  };
  try {
    const admin = await connectAs('hub-admin');
    if (options.streams !== false) await makeStreams(admin, replicas, options);
    return {
      url: running.url,
      keysDir: base.keysDir,
      connect: connectAs,
      admin,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
};

const makeStreams = async (admin: Mesh, replicas: 1 | 3, options: MusterOptions): Promise<void> => {
  const modes = options.modes ?? MODES;
  const plan = await planStreams(admin, {
    streams: streamDefinitions({ modes, replicas }),
    durables: durableDefinitions({ modes, forces: (options.orgs ?? ORGS).filter(isForce) }),
  });
  const { failed } = await applyPlan(admin, plan);
  const [first] = failed;
  if (first) throw new Error(`the streams could not be made (${first.step.do}): ${first.because}`);
};

/** Starts one server with Muster's accounts and streams; `await using` ends it. */
export const startMuster = async (
  options: MusterOptions & { way?: BrokerWay } = {},
): Promise<Muster & { readonly broker: Broker }> => {
  const base = prepare(options);
  const broker = await startBroker({ ...(options.way ? { way: options.way } : {}), config: base.config });
  return { ...(await finish(base, broker, 1, options)), broker };
};

/** Starts a cluster of three with Muster's accounts, every stream replicated three times. */
export const startMusterCluster = async (
  options: MusterOptions = {},
): Promise<Muster & { readonly cluster: Cluster }> => {
  const base = prepare(options);
  const cluster = await startCluster(3, { config: base.config });
  return { ...(await finish(base, cluster, 3, options)), cluster };
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORCES, MODES, ORGS } from '@muster/contracts';
import { type Mesh, makeKeys, publicKeys, serverConfig } from '@muster/mesh';
import { StartError } from '../errors.ts';
import { writeAdapterConfig } from './adapters.ts';
import { type Child, startChild } from './children.ts';
import { type DataDir, readMeshFile, writeMeshFile } from './data-dir.ts';
import { freePort, isPortTaken, untilReady } from './health.ts';
import { checkStore, connectAs, lastSequences, prepareStreams } from './store.ts';

/** How long the broker may take to open its store, in milliseconds. */
const BROKER_START_MS = 30_000;
/** How long the services may take to be ready, in milliseconds. */
const SERVICES_START_MS = 60_000;

export type RunningMesh = {
  url: string;
  keysDir: string;
  admin: Mesh;
  children: readonly Child[];
  /** Resolves with a message when a child stops unasked. */
  failed: Promise<string>;
  stop(): Promise<void>;
};

export type UpOptions = {
  port: number;
  forces: readonly string[] | undefined;
  /** Forces whose adapter leaves answers to a person. */
  desks: readonly string[];
  repository: string;
};

const startBroker = async (dir: DataDir, port: number): Promise<{ child: Child; url: string }> => {
  const monitorPort = await freePort();
  const conf = dir.file('server.conf');
  const text = serverConfig({
    serverName: 'muster',
    listen: { host: '127.0.0.1', port },
    storeDir: dir.store,
    publicKeys: publicKeys(dir.keys),
    orgs: ORGS,
    monitorPort,
    syncAlways: true,
  });
  writeFileSync(conf, text, { mode: 0o600 });
  const child = startChild({
    name: 'nats-server',
    command: process.env.NATS_SERVER_BIN ?? 'nats-server',
    args: ['-c', conf],
    logs: dir.logs,
    mark: conf,
  });
  const healthy = await untilHealthy(monitorPort, child);
  if (!healthy) {
    const tail = child.logTail();
    await child.stop();
    throw new StartError(
      `The broker could not open its store in ${dir.store}. Its last words:\n${tail}\nThe folder is left as it is. Restore it from a backup, or begin again with --fresh.`,
    );
  }
  return { child, url: `nats://127.0.0.1:${port}` };
};

const untilHealthy = async (monitorPort: number, child: Child): Promise<boolean> => {
  const deadline = Date.now() + BROKER_START_MS;
  while (child.running() && Date.now() < deadline) {
    const ok = await fetch(`http://127.0.0.1:${monitorPort}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
};

const SERVICES = ['request-broker', 'capability-registry', 'force-adapter'] as const;

const startServices = async (dir: DataDir, url: string, options: UpOptions): Promise<Child[]> => {
  const adapterConfig = writeAdapterConfig(
    dir,
    options.repository,
    options.forces ?? FORCES.map((f) => f.id),
    options.desks,
  );
  const started: Child[] = [];
  const ports: number[] = [];
  for (const name of SERVICES) {
    const port = await freePort();
    const main = join(options.repository, 'services', name, 'src', 'main.ts');
    ports.push(port);
    started.push(
      startChild({
        name,
        command: process.execPath,
        args: [main, ...(name === 'force-adapter' ? [adapterConfig] : []), `--data=${dir.root}`],
        env: {
          NATS_URL: url,
          MUSTER_KEYS_DIR: dir.keys,
          MUSTER_MODE: 'actual',
          MUSTER_HEALTH_PORT: String(port),
          LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
        },
        logs: dir.logs,
        mark: `--data=${dir.root}`,
      }),
    );
  }
  for (const [index, child] of started.entries()) {
    const state = await untilReady(ports[index] ?? 0, SERVICES_START_MS, child.running);
    if (state.ready) continue;
    const tail = child.logTail();
    await Promise.all(started.map((each) => each.stop()));
    throw new StartError(
      `${child.name} did not become ready: ${JSON.stringify(state.detail)}. Its log is ${join(dir.logs, `${child.name}.log`)}; its last lines:\n${tail}`,
    );
  }
  return started;
};

/**
 * Starts broker and services on a data folder and waits until they are ready.
 * @throws StartError with one message that a person can act on.
 */
export const bringUp = async (dir: DataDir, options: UpOptions): Promise<RunningMesh> => {
  const previous = readMeshFile(dir.root);
  if (options.port !== 0 && (await isPortTaken(options.port))) {
    throw new StartError(
      `Port ${options.port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port N (0 takes any free one).`,
    );
  }
  const port = options.port === 0 ? await freePort() : options.port;
  makeKeys(dir.keys);
  const { child: broker, url } = await startBroker(dir, port);
  const record = (children: readonly Child[], streams: Record<string, number>): void =>
    writeMeshFile(dir, {
      url,
      keysDir: dir.keys,
      supervisor: process.pid,
      children: children.map(({ name, pid, mark }) => ({ name, pid, mark })),
      streams,
    });
  const known = previous?.streams ?? {};
  record([broker], known);
  let admin: Mesh | undefined;
  try {
    admin = await connectAs(dir.keys, 'hub-admin', url);
    await checkStore(admin, known, dir.store);
    await prepareStreams(admin, MODES);
    const sequences = await lastSequences(admin);
    const services = await startServices(dir, url, options);
    const children = [broker, ...services];
    record(children, sequences);
    return running(dir, { url, admin, broker, services, record });
  } catch (error) {
    await admin?.close();
    await broker.stop();
    throw error;
  }
};

type Parts = {
  url: string;
  admin: Mesh;
  broker: Child;
  services: readonly Child[];
  record: (children: readonly Child[], streams: Record<string, number>) => void;
};

const running = (dir: DataDir, { url, admin, broker, services, record }: Parts): RunningMesh => {
  let stopping = false;
  const children = [broker, ...services];
  const failed = new Promise<string>((resolve) => {
    for (const child of children) {
      void child.exited.then((code) => {
        if (!stopping)
          resolve(
            `${child.name} stopped unasked (exit ${code}); its log is in ${dir.logs}:\n${child.logTail()}`,
          );
      });
    }
  });
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await Promise.all(services.map((service) => service.stop()));
    record([], await lastSequences(admin));
    await admin.close();
    await broker.stop();
  };
  return { url, keysDir: dir.keys, admin, children, failed, stop };
};

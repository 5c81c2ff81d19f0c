import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORCES, MODES, ORGS } from '@muster/contracts';
import { type Mesh, makeKeys, publicKeys, serverConfig } from '@muster/mesh';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { writeAdapterConfig } from './adapters.ts';
import type { Child } from './children.ts';
import { type Crew, openCrew } from './crew.ts';
import { type DataDir, readMeshFile } from './data-dir.ts';
import { freePort, isPortTaken, untilReady } from './health.ts';
import { telling } from './progress.ts';
import { checkStore, connectAs, lastSequences, prepareStreams } from './store.ts';

/** How long the broker may take to open its store, in milliseconds. */
const BROKER_START_MS = 30_000;
/** How long the services may take to be ready, in milliseconds. */
const SERVICES_START_MS = 60_000;

export type RunningMesh = {
  url: string;
  keysDir: string;
  admin: Mesh;
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
  /** Aborted when the start is to end. */
  stopped: AbortSignal;
  say: (line: string) => void;
};

const startBroker = async (dir: DataDir, crew: Crew, port: number, stopped: AbortSignal): Promise<Child> => {
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
  const child = crew.launch({
    name: 'nats-server',
    command: process.env.NATS_SERVER_BIN ?? 'nats-server',
    args: ['-c', conf],
    mark: conf,
  });
  const healthy = await untilHealthy(monitorPort, child, stopped);
  stopped.throwIfAborted();
  if (healthy) return child;
  throw new StartError(
    `The broker could not open its store in ${dir.store}. Its last words:\n${child.logTail()}\nThe folder is left as it is. Restore it from a backup, or begin again with --fresh.`,
  );
};

const untilHealthy = async (monitorPort: number, child: Child, stopped: AbortSignal): Promise<boolean> => {
  const deadline = Date.now() + BROKER_START_MS;
  while (child.running() && !stopped.aborted && Date.now() < deadline) {
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

/**
 * A small young generation: the services of one machine are idle for most of the time, and a quarter of their
 * memory would otherwise be garbage that nobody has collected yet.
 */
const NODE_FLAGS = ['--max-semi-space-size=2'];

/** How far the adapter has come, where it is the adapter that answered. */
const standingOf = (detail: unknown): string => {
  const seen = adapterHealth.safeParse(detail);
  return seen.success ? `: ${seen.data.onMesh} of ${seen.data.forces.length} forces are on the mesh` : '';
};

const adapterHealth = z.object({ onMesh: z.int(), forces: z.array(z.unknown()) });

const startServices = async (
  dir: DataDir,
  crew: Crew,
  url: string,
  { stopped, say, ...options }: UpOptions,
): Promise<Child[]> => {
  const forces = options.forces ?? FORCES.map((f) => f.id);
  const adapterConfig = writeAdapterConfig(dir, options.repository, forces, options.desks);
  const started: { child: Child; port: number }[] = [];
  for (const name of SERVICES) {
    const port = await freePort();
    stopped.throwIfAborted();
    const main = join(options.repository, 'services', name, 'src', 'main.ts');
    const config = name === 'force-adapter' ? [adapterConfig] : [];
    const child = crew.launch({
      name,
      command: process.execPath,
      args: [...NODE_FLAGS, main, ...config, `--data=${dir.root}`],
      env: {
        NATS_URL: url,
        MUSTER_KEYS_DIR: dir.keys,
        MUSTER_MODE: 'actual',
        MUSTER_HEALTH_PORT: String(port),
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      },
      mark: `--data=${dir.root}`,
    });
    started.push({ child, port });
  }
  for (const { child, port } of started) {
    let standing = '';
    const ready = untilReady(
      port,
      SERVICES_START_MS,
      () => child.running() && !stopped.aborted,
      ({ detail }) => {
        standing = standingOf(detail);
      },
    );
    const state = await telling(say, () => `waiting for the ${child.name}${standing}`, ready);
    stopped.throwIfAborted();
    if (state.ready) continue;
    throw new StartError(
      `${child.name} did not become ready: ${JSON.stringify(state.detail)}. Its log is ${join(dir.logs, `${child.name}.log`)}; its last lines:\n${child.logTail()}`,
    );
  }
  return started.map(({ child }) => child);
};

/**
 * Starts broker and services on a data folder and waits until they are ready. What was started is ended again
 * when anything goes wrong or the start is stopped.
 * @throws StartError with one message that a person can act on; the signal's reason when it is stopped.
 */
export const bringUp = async (dir: DataDir, options: UpOptions): Promise<RunningMesh> => {
  const { stopped } = options;
  const previous = readMeshFile(dir.root);
  if (options.port !== 0 && (await isPortTaken(options.port))) {
    throw new StartError(
      `Port ${options.port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port N (0 takes any free one).`,
    );
  }
  const port = options.port === 0 ? await freePort() : options.port;
  stopped.throwIfAborted();
  makeKeys(dir.keys);
  const url = `nats://127.0.0.1:${port}`;
  const known = previous?.streams ?? {};
  const crew = openCrew(dir, url, known);
  let admin: Mesh | undefined;
  try {
    const opening = startBroker(dir, crew, port, stopped);
    const broker = await telling(options.say, () => 'waiting for the broker to open its store', opening);
    admin = await connectAs(dir.keys, 'hub-admin', url);
    await checkStore(admin, known, dir.store);
    stopped.throwIfAborted();
    await prepareStreams(admin, MODES);
    crew.reached(await lastSequences(admin));
    const services = await startServices(dir, crew, url, options);
    return running(dir, { url, admin, crew, children: [broker, ...services] });
  } catch (error) {
    await crew.stop(async () => admin?.close());
    throw error;
  }
};

type Parts = { url: string; admin: Mesh; crew: Crew; children: readonly Child[] };

const running = (dir: DataDir, { url, admin, crew, children }: Parts): RunningMesh => {
  let stopping = false;
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
    await crew.stop(async () => {
      try {
        if (children[0]?.running()) crew.reached(await lastSequences(admin));
      } finally {
        await admin.close();
      }
    });
  };
  return { url, keysDir: dir.keys, admin, failed, stop };
};

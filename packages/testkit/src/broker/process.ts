import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greets } from './probe.ts';
import { waitForReload } from './reload.ts';
import {
  BROKER_DEADLINE_MS,
  type Broker,
  type BrokerOptions,
  type ConfigText,
  LOOPBACK,
  plainConfig,
} from './types.ts';

/** Characters of the server's log that are kept. */
const LOG_LENGTH_MAX = 1_000_000;

type State = { dir: string; config: ConfigText; port: number; child: ChildProcess | undefined; log: string };

const isRunning = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

const writeConfig = (state: State): string => {
  const file = join(state.dir, 'nats.conf');
  writeFileSync(
    file,
    state.config({ host: LOOPBACK, port: state.port, storeDir: join(state.dir, 'store') }),
    {
      mode: 0o600,
    },
  );
  return file;
};

/** The port that the server chose itself, once it has written it down. */
const chosenPort = (state: State, child: ChildProcess): number | undefined => {
  const file = join(state.dir, `nats-server_${child.pid}.ports`);
  if (!existsSync(file)) return undefined;
  // The server writes the file after making it: it may still be empty.
  const port = /"nats:\/\/[^"]*:(\d+)"/.exec(readFileSync(file, 'utf8'))?.[1];
  return port === undefined ? undefined : Number(port);
};

const assertAlive = (state: State, child: ChildProcess, failure: { error?: Error }): void => {
  if (failure.error) {
    throw new Error('nats-server could not be run: put it on the PATH or name it in NATS_SERVER_BIN', {
      cause: failure.error,
    });
  }
  if (!isRunning(child)) throw new Error(`nats-server ended while starting:\n${state.log.slice(-4_000)}`);
};

const launch = async (state: State): Promise<void> => {
  if (isRunning(state.child)) throw new Error('the broker is already running');
  const file = writeConfig(state);
  const bin = process.env.NATS_SERVER_BIN ?? 'nats-server';
  const child = spawn(bin, ['-c', file, '--ports_file_dir', state.dir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const failure: { error?: Error } = {};
  child.once('error', (error) => {
    failure.error = error;
  });
  const keep = (chunk: Buffer) => {
    state.log = (state.log + chunk.toString()).slice(-LOG_LENGTH_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  state.child = child;
  const end = performance.now() + BROKER_DEADLINE_MS;
  for (;;) {
    assertAlive(state, child, failure);
    if (state.port < 0) state.port = chosenPort(state, child) ?? -1;
    if (state.port > 0 && (await greets(state.port))) return;
    if (performance.now() > end) throw new Error(`nats-server did not come up:\n${state.log.slice(-4_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const end = async (state: State, signal: NodeJS.Signals): Promise<void> => {
  const child = state.child;
  if (!isRunning(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  if (signal !== 'SIGKILL') child.kill('SIGCONT');
  await exited;
};

/** True once every thread has stopped; a signal reaches them one by one. Where it cannot be looked up: true. */
const isFrozen = (pid: number): boolean => {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return true;
  return readdirSync(tasks).every((task) =>
    /^State:\s+T/m.test(readFileSync(join(tasks, task, 'status'), 'utf8')),
  );
};

const pause = async ({ child }: State): Promise<void> => {
  if (!isRunning(child) || child.pid === undefined) throw new Error('a stopped broker cannot be paused');
  child.kill('SIGSTOP');
  const end = performance.now() + BROKER_DEADLINE_MS;
  while (!isFrozen(child.pid)) {
    if (performance.now() > end) throw new Error('nats-server did not stop at SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

const reload = async (state: State, config: ConfigText): Promise<void> => {
  const child = state.child;
  if (!isRunning(child)) throw new Error('a stopped broker cannot reload');
  state.config = config;
  writeConfig(state);
  const from = state.log.length;
  child.kill('SIGHUP');
  await waitForReload(() => state.log.slice(from));
};

/** A nats-server as a child process, found by NATS_SERVER_BIN or on the PATH. */
export const startProcessBroker = async (options: BrokerOptions = {}): Promise<Broker> => {
  const state: State = {
    dir: mkdtempSync(join(tmpdir(), 'muster-broker-')),
    config: options.config ?? plainConfig,
    port: options.port ?? -1,
    child: undefined,
    log: '',
  };
  const killWithUs = () => state.child?.kill('SIGKILL');
  process.once('exit', killWithUs);
  const dispose = async () => {
    await end(state, 'SIGKILL');
    process.off('exit', killWithUs);
    rmSync(state.dir, { recursive: true, force: true });
  };
  try {
    await launch(state);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    way: 'process',
    port: state.port,
    url: `nats://${LOOPBACK}:${state.port}`,
    start: () => launch(state),
    stop: () => end(state, 'SIGTERM'),
    kill9: () => end(state, 'SIGKILL'),
    pause: () => pause(state),
    resume: async () => void state.child?.kill('SIGCONT'),
    reload: (config) => reload(state, config),
    log: async () => state.log,
    [Symbol.asyncDispose]: dispose,
  };
};

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort } from '@muster/testkit';

/** Longest time that a service gets to be ready or to stop, in milliseconds. */
const SERVICE_DEADLINE_MS = 60_000;

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A service of ours as a process of its own, which a test may kill and start again. */
export type Service = AsyncDisposable & {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Starts it again after a kill; resolves once it is ready. */
  start(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** As a crash: no chance to tidy up. */
  kill9(): Promise<void>;
  /** Resolves when it has ended, by whatever cause, with the exit code. */
  exited(): Promise<number | null>;
  health(): Promise<Record<string, unknown>>;
  /** A page of its health port; `host` is another address of this machine. */
  page(path: string, host?: string): Promise<Response>;
  /** What it tells Prometheus. */
  metrics(): Promise<string>;
};

export type ServiceSpec = {
  name: 'request-broker' | 'capability-registry' | 'force-adapter' | 'gateway' | 'alerter';
  /** Name of this process in logs, such as `broker-2`. */
  label: string;
  env: Record<string, string>;
  args?: readonly string[];
  logs: string;
  /** Do not wait until it is ready: it is meant to die. */
  doomed?: boolean;
};

const alive = new Set<ChildProcess>();

// A test that is cut off does not dispose of its world.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Starts a service and waits until it is ready. */
export const startService = async (spec: ServiceSpec): Promise<Service> => {
  const main = join(repository, 'services', spec.name, 'src', 'main.ts');
  let child: ChildProcess | undefined;
  let port = 0;

  const page: Service['page'] = (path, host = '127.0.0.1') => fetch(`http://${host}:${port}${path}`);
  const health = async (): Promise<Record<string, unknown>> => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return (await answer.json()) as Record<string, unknown>;
  };
  const exited = async (): Promise<number | null> => {
    const of = child;
    if (!of) return null;
    await eventually(() => ended(of), { deadlineMs: SERVICE_DEADLINE_MS, what: `${spec.label} ends` });
    return of.exitCode;
  };
  const start = async (doomed = false): Promise<void> => {
    port = await freePort();
    const log = createWriteStream(join(spec.logs, `${spec.label}.log`), { flags: 'a' });
    const started = spawn(process.execPath, [main, ...(spec.args ?? [])], {
      env: { ...process.env, ...spec.env, MUSTER_HEALTH_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(started);
    started.once('exit', () => alive.delete(started));
    started.stdout?.pipe(log, { end: false });
    started.stderr?.pipe(log, { end: false });
    child = started;
    if (doomed) return;
    await eventually(
      async () => {
        if (ended(started)) return true;
        return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
      },
      { deadlineMs: SERVICE_DEADLINE_MS, what: `${spec.label} is ready` },
    );
    if (ended(started))
      throw new Error(`${spec.label} ended before it was ready; see its log in ${spec.logs}`);
  };
  const kill9 = async (): Promise<void> => {
    if (!child || ended(child)) return;
    child.kill('SIGKILL');
    await exited();
  };
  try {
    await start(spec.doomed);
  } catch (error) {
    await kill9();
    throw error;
  }
  return {
    name: spec.label,
    pid: () => child?.pid,
    start: () => start(),
    stop: async () => {
      if (child && !ended(child)) child.kill('SIGTERM');
      return exited();
    },
    kill9,
    exited,
    health,
    page,
    metrics: async () => (await page('/metrics')).text(),
    [Symbol.asyncDispose]: kill9,
  };
};

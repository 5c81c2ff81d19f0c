import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Mode } from '@muster/contracts';
import type { Muster } from '@muster/mesh/testing';
import { eventually, freePort } from '@muster/testkit';

/** Longest time that a broker gets to start or stop, in milliseconds. */
const DEADLINE_MS = 20_000;

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The broker as a process of its own, which a test may kill. */
export type BrokerProcess = AsyncDisposable & {
  health(): Promise<Record<string, unknown>>;
  /** Sends the signal and resolves with the exit code once it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  /** Resolves with the exit code once it has ended by itself. */
  ended(): Promise<number | null>;
  /** What it has written so far. */
  output(): string;
};

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

export const spawnBroker = async (
  muster: Muster,
  mode: Mode,
  env: Record<string, string> = {},
): Promise<BrokerProcess> => {
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NATS_URL: muster.url,
      MUSTER_KEYS_DIR: muster.keysDir,
      MUSTER_MODE: mode,
      MUSTER_HEALTH_PORT: String(port),
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout.on('data', (chunk) => chunks.push(String(chunk)));
  child.stderr.on('data', (chunk) => chunks.push(String(chunk)));

  const look = () => fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) });
  const ended = async (): Promise<number | null> => {
    await eventually(() => isOver(child), { deadlineMs: DEADLINE_MS, what: 'the broker ends' });
    return child.exitCode;
  };
  await eventually(async () => isOver(child) || (await look()).ok, {
    deadlineMs: DEADLINE_MS,
    what: 'the broker is ready',
  });
  return {
    health: async () => (await (await look()).json()) as Record<string, unknown>,
    async end(signal) {
      child.kill(signal);
      return ended();
    },
    ended,
    output: () => chunks.join(''),
    async [Symbol.asyncDispose]() {
      if (!isOver(child)) child.kill('SIGKILL');
      await ended();
    },
  };
};

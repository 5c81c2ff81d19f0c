import { execFile, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '@muster/testkit';

/** Longest time for one start, play and stop, in milliseconds. */
export const START_MS_MAX = 180_000;

const main = fileURLToPath(new URL('../../infra/demo/src/start.ts', import.meta.url));

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

/** Runs `muster` on the mesh of a data folder. */
export const muster = async (
  data: string,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> => {
  const command = [cli, ...args, '--data', data];
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, command)) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
};

export type Ended = { code: number | null; stdout: string; stderr: string };

export type Start = AsyncDisposable & {
  readonly pid: number;
  /** What it has told on standard error so far. */
  said(): string;
  /** Waits until it has told this. */
  says(text: string): Promise<void>;
  signal(signal: 'SIGINT' | 'SIGHUP' | 'SIGKILL'): void;
  ended: Promise<Ended>;
};

/** Runs the demo as `npm start` does, without the bootstrap. */
export const runStart = (args: readonly string[], env: Record<string, string> = {}): Start => {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    pid: child.pid ?? 0,
    said: () => stderr,
    says: async (text) => {
      await eventually(
        () => {
          if (stderr.includes(text)) return true;
          if (child.exitCode !== null)
            throw new Error(`ended with ${child.exitCode} before it said so:\n${stderr}`);
          return false;
        },
        { deadlineMs: START_MS_MAX, what: `it says "${text}"` },
      );
    },
    signal: (signal) => child.kill(signal),
    ended,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
    },
  };
};

/**
 * Processes that a start on this folder has started and that still run, as the system lists them: what the
 * start itself wrote down is under test.
 */
export const processesOf = (data: string): number[] =>
  execFileSync('ps', ['-axww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(row))
    .filter((row) => row?.[3]?.includes(data) && !row[3].includes(main) && !row[2]?.startsWith('Z'))
    .map((row) => Number(row?.[1]));

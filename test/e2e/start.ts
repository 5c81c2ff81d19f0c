import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@muster/testkit';

/** Longest time for one start, play and stop, in milliseconds. */
export const START_MS_MAX = 180_000;

const main = fileURLToPath(new URL('../../infra/demo/src/start.ts', import.meta.url));

export type Ended = { code: number | null; stdout: string; stderr: string };

export type Start = AsyncDisposable & {
  readonly pid: number;
  /** What it has told on standard error so far. */
  said(): string;
  /** Waits until it has told this. */
  says(text: string): Promise<void>;
  interrupt(): void;
  kill9(): void;
  ended: Promise<Ended>;
};

/** Runs the demo as `npm start` does, without the bootstrap. */
export const runStart = (args: readonly string[]): Start => {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
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
    interrupt: () => child.kill('SIGINT'),
    kill9: () => child.kill('SIGKILL'),
    ended,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
    },
  };
};

/** Processes of a start that still run, by what it wrote into its data folder. */
export const processesOf = (data: string): number[] => {
  const file = join(data, 'mesh.json');
  if (!existsSync(file)) return [];
  const { children } = JSON.parse(readFileSync(file, 'utf8')) as {
    children: { pid: number; mark: string }[];
  };
  return children
    .filter(({ pid, mark }) => {
      const line = `/proc/${pid}/cmdline`;
      return existsSync(line) && readFileSync(line, 'utf8').replaceAll('\0', ' ').includes(mark);
    })
    .map(({ pid }) => pid);
};

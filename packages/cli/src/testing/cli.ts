import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Io } from '../io.ts';
import { runProgram } from '../program.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** What a run of `muster` left behind. */
export type Ran = { exit: number | null; out: string; err: string; json(): unknown };

/** A run that goes on, such as `muster watch`; ended with its scope. */
export type Running = AsyncDisposable & {
  /** Everything printed so far. */
  out(): string;
  err(): string;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ran>;
};

/** Starts `muster` as a process of its own, with no environment but the one given. */
export const startCli = (args: readonly string[], env: Record<string, string> = {}, input = ''): Running => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.end(input);
  const ended = once(child, 'close').then(
    ([exit]): Ran => ({ exit, out, err, json: () => JSON.parse(out || err) }),
  );
  const signal = (name: NodeJS.Signals): void => {
    child.kill(name);
  };
  const dispose = async (): Promise<void> => {
    signal('SIGKILL');
    await ended;
  };
  return { out: () => out, err: () => err, signal, ended, [Symbol.asyncDispose]: dispose };
};

export const runCli = (args: readonly string[], env: Record<string, string> = {}, input = ''): Promise<Ran> =>
  startCli(args, env, input).ended;

/** Runs the program in this process: the same code without the start of a process, for long conversations. */
export const runHere = async (
  args: readonly string[],
  env: Record<string, string> = {},
  change: Partial<Io> = {},
): Promise<Ran> => {
  let out = '';
  let err = '';
  const exit = await runProgram(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env,
    color: false,
    now: () => Date.now(),
    newId: () => randomUUID(),
    interrupted: new AbortController().signal,
    ...change,
  });
  return { exit, out, err, json: () => JSON.parse(out || err) };
};

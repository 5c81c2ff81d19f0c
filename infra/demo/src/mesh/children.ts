import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long a child may take to stop by itself before it is killed, in milliseconds. */
const STOP_GRACE_MS = 10_000;
/** Lines of a child's log shown when it stops unasked. */
const LOG_TAIL_LINES = 5;

export type Child = {
  name: string;
  pid: number;
  /** Text in its command line by which it can be known again. */
  mark: string;
  exited: Promise<number>;
  running(): boolean;
  signal(signal: 'SIGHUP'): void;
  stop(): Promise<void>;
  logTail(): string;
};

export type ChildSpec = {
  name: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  logs: string;
  mark: string;
};

const stopChild = async (process: ChildProcess, exited: Promise<number>): Promise<void> => {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill('SIGTERM');
  const killer = setTimeout(() => process.kill('SIGKILL'), STOP_GRACE_MS);
  await exited;
  clearTimeout(killer);
};

/**
 * Starts a child in a process group of its own, so that Ctrl-C reaches only the supervisor, which then
 * stops its children in order.
 */
export const startChild = (spec: ChildSpec): Child => {
  const log = join(spec.logs, `${spec.name}.log`);
  const out = openSync(log, 'a');
  const started = spawn(spec.command, [...spec.args], {
    stdio: ['ignore', out, out],
    detached: true,
    env: { ...process.env, ...spec.env },
  });
  closeSync(out);
  const exited = new Promise<number>((resolve) => {
    started.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
    started.once('error', () => resolve(127));
  });
  return {
    name: spec.name,
    pid: started.pid ?? 0,
    mark: spec.mark,
    exited,
    running: () => started.exitCode === null && started.signalCode === null && started.pid !== undefined,
    signal: (signal) => {
      started.kill(signal);
    },
    stop: () => stopChild(started, exited),
    logTail: () => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n'),
  };
};

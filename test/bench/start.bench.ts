import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FORCES } from '@muster/contracts';
import { eventually } from '@muster/testkit';

/** Longest wait for a mesh to be up or to stop, in milliseconds. */
const START_MS_MAX = 120_000;

/** As the bootstrap runs a start. */
const NODE_FLAGS = ['--max-semi-space-size=2'];

export type StartResult = { seconds: number; memoryMiB: number; processes: { name: string; mib: number }[] };

/** Proportional set size of a process in MiB, or undefined where the kernel does not tell. */
const pss = (pid: number): number | undefined => {
  const file = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(file)) return undefined;
  const kib = /^Pss:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kib === undefined ? undefined : Number(kib) / 1_024;
};

const stop = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGINT');
  await eventually(() => child.exitCode !== null || child.signalCode !== null, {
    deadlineMs: START_MS_MAX,
    what: 'the mesh stops',
  });
};

/**
 * Cold start of the whole demo on an empty folder until every force is advertised, and the proportional
 * memory of all our processes then, once the scenario has been played.
 */
export const benchStart = async (): Promise<StartResult> => {
  const data = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const main = fileURLToPath(new URL('../../infra/demo/src/start.ts', import.meta.url));
  let said = '';
  const started = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, main, '--data', data, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const says = (text: string) =>
    eventually(() => said.includes(text), { deadlineMs: START_MS_MAX, everyMs: 5, what: `"${text}"` });
  await says('every force is advertised');
  const seconds = (performance.now() - started) / 1_000;
  await says('Ctrl-C stops everything');
  const mesh = JSON.parse(readFileSync(join(data, 'mesh.json'), 'utf8')) as {
    children: { name: string; pid: number }[];
  };
  const processes = [{ name: 'start', pid: child.pid ?? 0 }, ...mesh.children].map(({ name, pid }) => ({
    name,
    mib: pss(pid) ?? Number.NaN,
  }));
  await stop(child);
  rmSync(data, { recursive: true, force: true });
  return { seconds, processes, memoryMiB: processes.reduce((sum, { mib }) => sum + mib, 0) };
};

/** Forces that the cold start waits for. */
export const FORCES_ADVERTISED = FORCES.length;

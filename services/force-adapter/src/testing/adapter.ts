import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort } from '@muster/testkit';
import { stringify } from 'yaml';

/** The adapter as its own process, as it runs in earnest. */
export type AdapterProcess = AsyncDisposable & {
  /** What `/readyz` says; undefined while nothing listens. */
  readiness(): Promise<{ status: number; body: Readiness } | undefined>;
  ready(): Promise<Readiness>;
  /** Sends the signal and resolves with the exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>;
  exited: Promise<number | string>;
  log(): string;
};

export type Readiness = {
  ready: boolean;
  onMesh: number;
  failed: number;
  adverts: number;
  rosterProblems: number;
  forces: { force: string; state: string; because?: string; remedy?: string; adverts?: number }[];
};

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const READY_MS = 20_000;

const exitOf = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });

export const spawnAdapter = async (
  mesh: { url: string; keysDir: string },
  config: unknown,
): Promise<AdapterProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-adapter-'));
  const file = join(folder, 'adapters.yaml');
  writeFileSync(file, stringify(config));
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN, file], {
    env: {
      ...process.env,
      NATS_URL: mesh.url,
      MUSTER_KEYS_DIR: mesh.keysDir,
      MUSTER_HEALTH_PORT: String(port),
      LOG_LEVEL: 'info',
    },
  });
  let text = '';
  const keep = (data: Buffer): void => {
    text += data.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = exitOf(child);

  const readiness: AdapterProcess['readiness'] = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    return answer && { status: answer.status, body: (await answer.json()) as Readiness };
  };
  const end: AdapterProcess['end'] = async (signal) => {
    child.kill(signal);
    return exited;
  };
  return {
    readiness,
    ready: async () => {
      const found = await eventually(
        async () => {
          const now = await readiness();
          return now?.status === 200 ? now.body : undefined;
        },
        { deadlineMs: READY_MS, what: 'the adapter is ready' },
      );
      return found;
    },
    end,
    exited,
    log: () => text,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Mode } from '@muster/contracts';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';

const mainOf = (service: string): string =>
  fileURLToPath(new URL(`../../../../services/${service}/src/main.ts`, import.meta.url));

/** Longest start of a service, in milliseconds. */
const READY_MS = 30_000;

/** Name of the field, in the first log lines of a service, that says where its health is. */
const healthPortOf = async (child: ChildProcess): Promise<number> => {
  if (!child.stdout) throw new Error('the log of the service is not read');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { healthPort } = JSON.parse(line);
    if (typeof healthPort !== 'number') continue;
    // The rest of the log is let go, so that the service never waits for a reader.
    child.stdout.resume();
    return healthPort;
  }
  throw new Error('the service ended before it said where its health is');
};

/** One service as a process of its own. */
export type Service = { stop(): Promise<void> };

/** Starts a service and waits until it says that it is ready. */
export const startService = async (
  muster: Muster,
  name: string,
  args: readonly string[] = [],
  mode: Mode = 'actual',
): Promise<Service> => {
  const child = spawn(process.execPath, [mainOf(name), ...args], {
    env: {
      PATH: process.env.PATH,
      NATS_URL: muster.url,
      MUSTER_KEYS_DIR: muster.keysDir,
      MUSTER_MODE: mode,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  try {
    const port = await healthPortOf(child);
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, {
      deadlineMs: READY_MS,
      what: `${name} is ready`,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
};

const ROSTER = `capability_id,code,kind,quantity,quantity_unit,base_town,base_lat,base_lon,notice_minutes,available_from,available_to,releasable_to,accreditation,accreditation_expires,reserve_floor,min_rest_minutes,status,remarks
cy-fccu-1,CY.FCCU,pool,4,officers,Chelmsford,51.723,0.466,60,2026-01-01 00:00,2036-12-31 23:59,national,,,0,0,available,
`;

/** A mesh with all its services, of which Essex advertises four officers and its people decide. */
export type Whole = AsyncDisposable & {
  muster: Muster;
  /** Folder that says where the mesh is, as `npm start` leaves it. */
  data: string;
  /** Ends one service in order, for a test without it. */
  stop(service: string): Promise<void>;
};

export const startWhole = async (orgs: readonly string[], mode: Mode = 'actual'): Promise<Whole> => {
  const muster = await startMuster({ orgs, modes: [mode] });
  const data = mkdtempSync(join(tmpdir(), 'muster-cli-'));
  writeFileSync(join(data, 'mesh.json'), JSON.stringify({ url: muster.url, keysDir: muster.keysDir }));
  mkdirSync(join(data, 'essex'));
  writeFileSync(join(data, 'essex', 'capabilities.csv'), ROSTER);
  const config = join(data, 'adapters.yaml');
  const byPeople = { answer: { policy: 'person' }, confirm: { policy: 'person' } };
  writeFileSync(config, JSON.stringify({ forces: [{ force: 'essex', roster: 'essex', ...byPeople }] }));
  const services = new Map<string, Service>();
  const dispose = async (): Promise<void> => {
    for (const service of services.values()) await service.stop();
    await muster[Symbol.asyncDispose]();
  };
  try {
    for (const [name, ...args] of [['request-broker'], ['capability-registry'], ['force-adapter', config]]) {
      if (name !== undefined) services.set(name, await startService(muster, name, args, mode));
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    muster,
    data,
    stop: async (name) => services.get(name)?.stop(),
    [Symbol.asyncDispose]: dispose,
  };
};

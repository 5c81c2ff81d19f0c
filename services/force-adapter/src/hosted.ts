import { setTimeout as delay } from 'node:timers/promises';
import { type ForceAdapter, type ForceHealth, startForce } from '@muster/adapter-kit';
import type { Mode } from '@muster/contracts';
import {
  type Clock,
  ConnectError,
  connect,
  createAppender,
  createCaller,
  type Mesh,
  orgUser,
  readSeed,
} from '@muster/mesh';
import type { Logger } from 'pino';
import type { AdapterConfig, ForceSettings } from './config.ts';
import { dyingAt, type FaultName } from './faults.ts';

/** Wait before a connection that failed is tried again, in milliseconds; it doubles. */
const CONNECT_AGAIN_FIRST_MS = 200;
/** Longest such wait, in milliseconds: a person may have to mend a key meanwhile. */
const CONNECT_AGAIN_LAST_MS = 10_000;

export type Place = {
  natsUrl: string;
  keysDir: string;
  mode: Mode;
  clock: Clock;
  log: Logger;
  fault?: FaultName | undefined;
};

type Waiting = { force: string; state: 'connecting' | 'failed'; because?: string; remedy?: string };

/** One force in this process; its troubles are its own. */
export type HostedForce = {
  health(): ForceHealth | Waiting;
  /** Resolves when the force is on the mesh, or has failed in a way that a person must mend. */
  settled: Promise<void>;
  stop(): Promise<void>;
};

const faultOf = (error: unknown): { because: string; remedy: string; mendable: boolean } =>
  error instanceof ConnectError
    ? { because: error.message, remedy: error.remedy, mendable: error.code === 'unreachable' }
    : { because: String(error), remedy: 'see the log; the adapter tries again by itself', mendable: false };

const connectForce = (place: Place, force: string, log: Logger): Promise<Mesh> =>
  connect({
    servers: place.natsUrl,
    seed: readSeed(place.keysDir, orgUser(force, place.mode)),
    name: `force-adapter-${force}-${place.mode}`,
    clock: place.clock,
    log,
  });

/** Puts one force of the configuration on the mesh and keeps it there until it is stopped. */
export const hostForce = (
  place: Place,
  config: AdapterConfig,
  settings: ForceSettings,
  whenFree: <T>(task: () => Promise<T>) => Promise<T>,
): HostedForce => {
  const { force } = settings;
  const log = place.log.child({ force });
  const stopping = new AbortController();
  let adapter: ForceAdapter | undefined;
  let waiting: Waiting = { force, state: 'connecting' };
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });

  /** On the mesh until stopped, or until the server refuses the connection for good. */
  const live = async (mesh: Mesh): Promise<void> => {
    const appender = createAppender(mesh);
    const link = {
      force,
      mode: place.mode,
      mesh,
      appender: place.fault ? dyingAt(appender, place.fault) : appender,
      caller: createCaller(mesh),
      clock: place.clock,
      log,
    };
    adapter = startForce(link, {
      rosterFolder: settings.roster,
      settleMs: config.settleMs,
      ttlSeconds: config.advertTtlSeconds,
      withdrawShareMax: config.withdrawShareMax,
      answer: settings.answer.policy,
      confirm: settings.confirm.policy,
      decisions: settings.decisions.through,
      returnUndeparted: settings.returnUndeparted.policy,
    });
    adapter.ready.then(settle);
    const aborted = new Promise<void>((resolve) => {
      if (stopping.signal.aborted) resolve();
      stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([mesh.nc.closed(), aborted]);
    await adapter.stop();
    adapter = undefined;
    await mesh.close();
  };

  const run = async (): Promise<void> => {
    for (let waitMs = CONNECT_AGAIN_FIRST_MS; !stopping.signal.aborted; ) {
      try {
        const mesh = await whenFree(() => connectForce(place, force, log));
        waitMs = CONNECT_AGAIN_FIRST_MS;
        await live(mesh);
      } catch (error) {
        const { because, remedy, mendable } = faultOf(error);
        if (waiting.because !== because) log.error({ because, remedy }, 'the force is not on the mesh');
        waiting = { force, state: mendable ? 'connecting' : 'failed', because, remedy };
        if (!mendable) settle();
      }
      if (stopping.signal.aborted) return;
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, CONNECT_AGAIN_LAST_MS);
    }
  };
  const running = run().catch((error: unknown) => log.fatal({ err: error }, 'the force was given up'));

  return {
    settled,
    health: () => adapter?.health() ?? waiting,
    stop: async () => {
      stopping.abort();
      await running;
      settle();
    },
  };
};

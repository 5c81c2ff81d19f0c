import type { Health } from '@muster/mesh';
import type { AdapterConfig } from './config.ts';
import { type HostedForce, hostForce, type Place } from './hosted.ts';

/** Connections made at once at the start. */
const CONNECTING_MAX = 8;
export const SERVICE = 'force-adapter';

/** Lets at most `width` tasks run at once; the others wait in their order. */
const limiter = (width: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};

export type Host = {
  health(): Health;
  /** Resolves when every force is on the mesh or has failed. */
  settled: Promise<void>;
  /** Stops every force: finishes what is in hand, closes its connection. */
  stop(): Promise<void>;
};

const healthOf = (place: Place, hosted: readonly HostedForce[], isSettled: boolean): Health => {
  const forces = hosted.map((one) => one.health());
  const onMesh = forces.filter((one) => one.state === 'ready').length;
  const failed = forces.filter((one) => one.state === 'failed').length;
  return {
    service: SERVICE,
    mode: place.mode,
    // One bad force must not take the others out of service; it is shown as what it is.
    ready: isSettled && onMesh > 0 && onMesh + failed === forces.length,
    onMesh,
    failed,
    adverts: forces.reduce((sum, one) => sum + ('adverts' in one ? one.adverts : 0), 0),
    rosterProblems: forces.reduce((sum, one) => sum + ('rosterProblems' in one ? one.rosterProblems : 0), 0),
    forces,
  };
};

/** Hosts every force of the configuration, each with a connection of its own. */
export const startHost = (place: Place, config: AdapterConfig): Host => {
  const whenFree = limiter(CONNECTING_MAX);
  const hosted = config.forces.map((settings) => hostForce(place, config, settings, whenFree));
  let isSettled = false;
  const settled = Promise.all(hosted.map((one) => one.settled)).then(() => {
    isSettled = true;
  });
  return {
    settled,
    health: () => healthOf(place, hosted, isSettled),
    stop: async () => {
      await Promise.all(hosted.map((one) => one.stop()));
    },
  };
};

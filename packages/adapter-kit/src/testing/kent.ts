import type { Mode } from '@muster/contracts';
import { createAppender, createCaller, systemClock } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { pino } from 'pino';
import { type ForceAdapter, startForce } from '../force/force.ts';
import type { ForceLink } from '../force/link.ts';
import type { ForceOptions } from '../force/options.ts';
import { startTestHub, type TestHub } from './hub.ts';

/** A real broker with two forces, and the hub's answers that an adapter needs. */
export type TestMesh = AsyncDisposable & { muster: Muster; hub: TestHub };

export const startTestMesh = async (mode: Mode = 'actual'): Promise<TestMesh> => {
  const muster = await startMuster({ orgs: ['kent', 'essex'], modes: [mode] });
  const hub = await startTestHub(
    await muster.connect('hub-broker'),
    await muster.connect('hub-registry'),
    mode,
  );
  return {
    muster,
    hub,
    [Symbol.asyncDispose]: async () => {
      await hub[Symbol.asyncDispose]();
      await muster[Symbol.asyncDispose]();
    },
  };
};

export const linkOf = async (muster: Muster, mode: Mode = 'actual'): Promise<ForceLink> => {
  const mesh = await muster.connect(`kent.${mode}`);
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  return {
    force: 'kent',
    mode,
    mesh,
    appender: createAppender(mesh),
    caller: createCaller(mesh),
    clock: systemClock,
    log,
  };
};

export const OPTIONS: Omit<ForceOptions, 'rosterFolder'> = {
  settleMs: 30,
  ttlSeconds: 900,
  withdrawShareMax: 0.3,
  answer: 'automatic',
  confirm: 'automatic',
  decisions: 'own',
  returnUndeparted: 'automatic',
};

/** Kent's adapter on a connection of its own; stopped with its connection at the end of the scope. */
export const startKent = async (
  muster: Muster,
  rosterFolder: string,
  options: Partial<ForceOptions> = {},
  mode: Mode = 'actual',
): Promise<ForceAdapter & AsyncDisposable> => {
  const link = await linkOf(muster, mode);
  const adapter = startForce(link, { ...OPTIONS, rosterFolder, ...options });
  return {
    ...adapter,
    [Symbol.asyncDispose]: async () => {
      await adapter.stop();
      await link.mesh.close();
    },
  };
};

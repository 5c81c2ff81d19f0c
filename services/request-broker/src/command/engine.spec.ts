import { createLedger } from '@muster/domain';
import pino from 'pino';
import { expect, it } from 'vitest';
import { createEngine, type EngineOptions } from './engine.ts';
import { createKeyedMutex } from './keys.ts';

const NOW_MS = Date.parse('2026-12-07T08:00:00.000Z');
const command = { name: 'answer-time-due', host: 'kent', requestId: 'r1' } as const;

/** A replica that meets half a batch until it has been told to read on so many times. */
const replica = (fencesNeeded: number) => {
  const ledger = createLedger();
  let fences = 0;
  const view = {
    ...ledger.view,
    request: () => {
      if (fences < fencesNeeded) throw new Error('half a batch has been read');
      return undefined;
    },
  };
  const views = {
    ledger: { ...ledger, view },
    version: () => fences,
    fence: async () => {
      fences += 1;
      return true;
    },
  };
  const options = {
    views,
    clock: { now: () => NOW_MS },
    integrity: { refusalFor: () => undefined },
    keys: createKeyedMutex(),
    log: pino({ level: 'silent' }),
  };
  return { engine: createEngine(options as unknown as EngineOptions), fences: () => fences };
};

const task = { command, writer: () => ({ org: 'hub' }) as never };

it('reads on when a decision meets half a batch, and decides on the whole', async () => {
  const { engine, fences } = replica(1);
  expect(await engine.run(task)).toEqual({ kind: 'nothing' });
  expect(fences()).toBeGreaterThan(0);
});

it('throws what goes on contradicting itself with everything read', async () => {
  const { engine } = replica(Number.POSITIVE_INFINITY);
  await expect(engine.run(task)).rejects.toThrow('half a batch has been read');
});

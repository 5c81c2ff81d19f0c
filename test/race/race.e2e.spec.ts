import { describe, expect, it } from 'vitest';
import { kindsOf } from '../world/checker.ts';
import { answerFaults } from './acceptances.ts';
import { type RaceResult, runRace } from './race.ts';

/** Longest time for one race, in milliseconds. */
const RACE_MS_MAX = 180_000;

/** A tenth of the full count, which `npm run soak` runs. */
const REDUCED = { brokers: 4, clients: 64, units: 40, requests: 7 } as const;

const expectSafe = (result: RaceResult): void => {
  expect(kindsOf(result.checker)).toEqual({});
  expect(answerFaults(result.acceptances, result.tally)).toEqual([]);
  // Every unit is wanted by every request, over windows that overlap: some win, the others are refused.
  expect(result.tally.stored.length).toBeGreaterThan(0);
  expect(Object.keys(result.tally.refused)).toContain('no-capacity');
  expect(result.tally.leftOut).toBeGreaterThan(0);
};

describe('many clients race for few units through four brokers', () => {
  it('never lends a unit twice and loses no acknowledgement', { timeout: RACE_MS_MAX }, async () => {
    expectSafe(await runRace({ ...REDUCED, seed: 1, servers: 1 }));
  });

  it('holds while a broker is killed every second', { timeout: RACE_MS_MAX }, async () => {
    const result = await runRace({ ...REDUCED, seed: 2, servers: 1, killEveryMs: 1_000 });
    expectSafe(result);
    expect(result.kills).toBeGreaterThan(0);
  });

  it('holds on a cluster of three', { timeout: RACE_MS_MAX }, async () => {
    const result = await runRace({ ...REDUCED, seed: 3, servers: 3 });
    expectSafe(result);
    expect(result.copies).toBe(3);
  });

  it('lends units twice when compare-and-set is off, so the checker can see it', {
    timeout: RACE_MS_MAX,
  }, async () => {
    const result = await runRace({ ...REDUCED, seed: 4, servers: 1, withoutCas: true });
    expect(kindsOf(result.checker)['over-committed-hub']).toBeGreaterThan(0);
  });
});

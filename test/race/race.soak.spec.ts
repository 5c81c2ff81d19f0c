import { describe, expect, it } from 'vitest';
import { kindsOf } from '../world/checker.ts';
import { answerFaults } from './acceptances.ts';
import { type RaceOptions, runRace } from './race.ts';

/** Longest time for one race at full count, in milliseconds. */
const RACE_MS_MAX = 900_000;

/** 3,200 offers for 200 units; one acceptance in eight takes four and one in ten two, so they are over 2,000. */
const FULL = { brokers: 4, clients: 64, units: 200, requests: 16 } as const;

const RACES: [string, RaceOptions][] = [
  ['one server', { ...FULL, seed: 11, servers: 1 }],
  ['one server, a broker killed every second', { ...FULL, seed: 12, servers: 1, killEveryMs: 1_000 }],
  ['a cluster of three', { ...FULL, seed: 13, servers: 3 }],
  ['a cluster of three, a broker killed every second', { ...FULL, seed: 14, servers: 3, killEveryMs: 1_000 }],
];

describe('the race at full count', () => {
  it.each(RACES)('is safe on %s', { timeout: RACE_MS_MAX }, async (name, options) => {
    const { acceptances, tally, checker, kills, copies } = await runRace(options);
    const { stored, leftOut, refused, retries, slowestMs } = tally;
    console.log(
      `${name}: ${acceptances} acceptances, ${stored.length} stored, of them ${leftOut} left something out, refused ${JSON.stringify(refused)}, ${retries} retries, ${kills} kills, slowest answer ${Math.round(slowestMs)} ms, found ${JSON.stringify(kindsOf(checker))}`,
    );
    expect(acceptances).toBeGreaterThanOrEqual(2_000);
    expect(kindsOf(checker)).toEqual({});
    expect(answerFaults(acceptances, tally)).toEqual([]);
    expect(stored.length).toBeGreaterThan(0);
    expect(leftOut).toBeGreaterThan(0);
    expect(Object.keys(refused)).toContain('below-minimum');
    expect(copies).toBe(options.servers);
  });

  it('lends twice with compare-and-set off', { timeout: RACE_MS_MAX }, async () => {
    const { checker } = await runRace({ ...FULL, seed: 15, servers: 1, withoutCas: true });
    console.log(`compare-and-set off: found ${JSON.stringify(kindsOf(checker))}`);
    expect(kindsOf(checker)['over-committed-hub']).toBeGreaterThan(0);
  });
});

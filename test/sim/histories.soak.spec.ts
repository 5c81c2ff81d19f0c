import { expect, test } from 'vitest';
import { createCoverage } from './coverage.ts';
import { play, replayLine } from './history.ts';

const SEED = 1;
const HISTORIES = 5_000;
const TIMEOUT_MS = 30 * 60_000;

test(
  `${HISTORIES} random histories of all commands keep every promise`,
  () => {
    const coverage = createCoverage();
    const broken: string[] = [];
    for (let seed = SEED; seed < SEED + HISTORIES && broken.length === 0; seed += 1) {
      const found = play({ seed, coverage });
      if (found) broken.push(found.because, replayLine(found));
    }
    console.log(coverage.report());
    expect(broken).toEqual([]);
  },
  TIMEOUT_MS,
);

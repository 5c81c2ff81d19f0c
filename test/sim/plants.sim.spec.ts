import { expect, test } from 'vitest';
import { createCoverage } from './coverage.ts';
import { play } from './history.ts';
import { PLANTED, type Planted } from './plants.ts';

const SEED = 20_261_207;
const HISTORIES_MAX = 200;

/** The rules that speak first in the first history that fails. */
const foundBy = (plants: Planted['plants']): string[] => {
  for (let n = 0; n < HISTORIES_MAX; n += 1) {
    const found = play({ seed: SEED + n, coverage: createCoverage(), plants, shrinks: false });
    if (found) return found.breaches.length > 0 ? found.breaches.map(({ rule }) => rule) : [found.because];
  }
  return [];
};

test.each(PLANTED)('invariant $invariant: it is found out when $what', ({ plants, rules }) => {
  expect(foundBy(plants)).toEqual(expect.arrayContaining([...rules]));
});

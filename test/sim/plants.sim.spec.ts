import { expect, test } from 'vitest';
import { createCoverage } from './coverage.ts';
import { play } from './history.ts';
import { PLANTED, type Planted } from './plants.ts';

const SEED = 20_261_207;
const HISTORIES_MAX = 200;

/** The rules that speak, history by history, until those that are waited for have. */
const foundBy = ({ plants, rules }: Planted): Set<string> => {
  const found = new Set<string>();
  for (let n = 0; n < HISTORIES_MAX && !rules.every((rule) => found.has(rule)); n += 1) {
    const failed = play({ seed: SEED + n, coverage: createCoverage(), plants, shrinks: false });
    if (!failed) continue;
    if (failed.breaches.length === 0) found.add(failed.because);
    for (const { rule } of failed.breaches) found.add(rule);
  }
  return found;
};

test.each(PLANTED)('invariant $invariant: it is found out when $what', (planted) => {
  expect([...foundBy(planted)]).toEqual(expect.arrayContaining([...planted.rules]));
});

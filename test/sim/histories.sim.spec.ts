import { BOARD_ACTIONS, COMMAND_NAMES } from '@muster/contracts';
import { expect, test } from 'vitest';
import { AT_HOME } from './acts/home.ts';
import { INTERNAL_NAMES } from './acts/internal.ts';
import { waitName } from './answerable.ts';
import { CAPABILITIES, HOSTS } from './cast.ts';
import { createCoverage, type Tally } from './coverage.ts';
import { play, replayLine } from './history.ts';

const SEED = 20_261_207;
const HISTORIES = 200;
/** How often every command has to be done, and to be refused, over all histories. */
const TIMES_MIN = 3;
const TIMEOUT_MS = 120_000;

const coverage = createCoverage();

const seldom = (names: readonly string[], count: (tally: Tally) => number): string[] =>
  names.filter((name) => {
    const tally = coverage.tallies.get(name);
    return !tally || count(tally) < TIMES_MIN;
  });

test(
  `${HISTORIES} random histories of all commands keep every promise`,
  () => {
    for (let n = 0; n < HISTORIES; n += 1) {
      const found = play({ seed: SEED + n, coverage });
      if (found) throw new Error(`${found.because}\n\nplay it again: ${replayLine(found)}`);
    }
  },
  TIMEOUT_MS,
);

test('the histories do every command and have every command refused', () => {
  expect(seldom(COMMAND_NAMES, ({ accepted }) => accepted)).toEqual([]);
  expect(seldom(COMMAND_NAMES, ({ refused }) => refused)).toEqual([]);
});

test('the histories come to every decision that the broker and the home forces come to', () => {
  const atHome = Object.keys(AT_HOME).map((kind) => `home ${kind}`);
  expect(seldom([...INTERNAL_NAMES, ...atHome], ({ accepted }) => accepted)).toEqual([]);
  expect(seldom(INTERNAL_NAMES, ({ nothing }) => nothing)).toEqual([]);
});

test('the histories come to everything that a board can say is waited for, and somebody can do each', () => {
  expect(BOARD_ACTIONS.filter((kind) => !coverage.tallies.has(waitName(kind)))).toEqual([]);
});

test('the cast is large enough to compete', () => {
  expect(HOSTS.length).toBeGreaterThanOrEqual(10);
  expect(new Set(CAPABILITIES.map(({ force }) => force)).size).toBeGreaterThanOrEqual(20);
});

test('a seed plays the same history again', () => {
  const logs = [1, 2].map(() => {
    const again = createCoverage();
    play({ seed: SEED, coverage: again });
    return again.report();
  });
  expect(logs[0]).toBe(logs[1]);
});

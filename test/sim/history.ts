import { COMMAND_NAMES, type CommandName, type Mode } from '@muster/contracts';
import type { HomeInput, InternalCommand } from '@muster/domain';
import fc from 'fast-check';
import { AT_HOME } from './acts/home.ts';
import { INTERNAL_NAMES } from './acts/internal.ts';
import type { Coverage } from './coverage.ts';
import { createDice } from './dice.ts';
import { judge } from './judge.ts';
import type { Plants } from './mesh.ts';
import type { Breach } from './rules.ts';
import { type Step, startWorld, type World } from './world.ts';

/** Steps of one history at most. */
const STEPS_MAX = 900;

/** How much more often than others some things happen, as they do in life. */
const OFTEN: Partial<Record<CommandName, number>> = {
  'request-create': 4,
  'offer-make': 10,
  'offer-accept': 6,
  'deployment-status': 10,
  'deployment-return': 3,
  'offer-approve': 3,
  'request-approve': 2,
  'request-escalate': 3,
  'escalation-accept': 3,
  'unfilled-acknowledge': 5,
  'direction-record': 2,
  'control-propose': 4,
  'control-confirm': 4,
  'return-request': 4,
  'return-answer': 3,
  'return-withdraw': 2,
  'return-settle': 6,
  'extension-ask': 4,
  'extension-answer': 8,
  'welfare-answer': 2,
  'secondment-review': 5,
  'claim-estimate': 3,
  'claim-record': 3,
  'claim-submit': 3,
  'claim-check': 3,
  'claim-answer': 2,
  'claim-agree': 4,
  'claim-pay': 4,
};

/** The same of what the broker and the home forces do. */
const OFTEN_INTERNAL: Partial<Record<InternalCommand['name'], number>> = {
  'home-decided': 12,
  'recall-due': 4,
};
const OFTEN_AT_HOME: Partial<Record<HomeInput['kind'], number>> = { hub: 14, confirm: 4, refuse: 2, use: 2 };

const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);

const STEPS: readonly Step[] = [
  ...COMMAND_NAMES.flatMap((name) => times(OFTEN[name] ?? 1, { kind: 'send', name })),
  ...INTERNAL_NAMES.flatMap((name) => times(OFTEN_INTERNAL[name] ?? 1, { kind: 'internal', name })),
  ...(Object.keys(AT_HOME) as (keyof typeof AT_HOME)[]).flatMap((name) =>
    times(OFTEN_AT_HOME[name] ?? 1, { kind: 'home', name }),
  ),
  ...times(2, { kind: 'advert' }),
  ...times(5, { kind: 'time' }),
  ...times(2, { kind: 'retry' }),
  ...times(4, { kind: 'read-on' }),
];

/** What the run expects of the world: that it has broken no promise so far. */
type Expected = { steps: number };

/** One step of a history: what is tried, in which mode, and a seed for all that is picked. */
class Act implements fc.Command<Expected, World> {
  readonly step: Step;
  readonly mode: Mode;
  readonly seed: number;
  constructor(step: Step, mode: Mode, seed: number) {
    this.step = step;
    this.mode = mode;
    this.seed = seed;
  }
  check(): boolean {
    return true;
  }
  run(expected: Expected, world: World): void {
    expected.steps += 1;
    world.run(this.step, this.mode, createDice(this.seed));
  }
  toString(): string {
    const name = 'name' in this.step ? ` ${this.step.name}` : '';
    return `${this.mode === 'exercise' ? 'exercise ' : ''}${this.step.kind}${name}`;
  }
}

/** An exercise is played now and then beside the actual mode. */
const EXERCISE_ONCE_IN = 8;

const act = fc
  .tuple(fc.nat(STEPS.length - 1), fc.nat(EXERCISE_ONCE_IN - 1), fc.nat(0x7fff_ffff))
  .map(([index, exercise, seed]): Act => {
    const step = STEPS[index] ?? { kind: 'time' };
    return new Act(step, exercise === 0 ? 'exercise' : 'actual', seed);
  });

export class BrokenPromise extends Error {
  readonly breaches: readonly Breach[];
  constructor(breaches: readonly Breach[]) {
    super(breaches.map(({ rule, detail }) => `${rule}: ${detail}`).join('\n'));
    this.breaches = breaches;
  }
}

const assertKept = (breaches: readonly Breach[]): void => {
  if (breaches.length > 0) throw new BrokenPromise(breaches);
};

export type Found = {
  seed: number;
  /** Where the shortest failing history was found, to be given to `--path`. */
  path: string;
  breaches: readonly Breach[];
  because: string;
  /** The shortest failing history that was found, with what came of each step. */
  world: World | undefined;
};

export type Sim = { seed: number; path?: string; coverage: Coverage; plants?: Plants; shrinks?: boolean };

/** Plays the one history of a seed; a failing one is made shorter, always in the same way. */
export const play = ({ seed, path, coverage, plants = {}, shrinks = true }: Sim): Found | undefined => {
  let last: World | undefined;
  const [at, replayPath] = path?.split('@') ?? [];
  const commands = fc.noBias(
    fc.commands([fc.noShrink(act)], {
      maxCommands: STEPS_MAX,
      size: 'max',
      ...(replayPath && { replayPath }),
    }),
  );
  const property = fc.property(commands, (all) => {
    fc.modelRun(() => {
      last = startWorld(coverage, plants);
      return { model: { steps: 0 }, real: last };
    }, all);
    if (!last) return;
    assertKept(judge(last, false, plants));
    last.settle(createDice(seed));
    assertKept(judge(last, true, plants));
  });
  const details = fc.check(property, { seed, numRuns: 1, endOnFailure: !shrinks, ...(at && { path: at }) });
  if (!details.failed) return undefined;
  const replay = /replayPath="([^"]*)"/.exec(fc.stringify(details.counterexample?.[0]))?.[1] ?? '';
  const error = details.errorInstance;
  // The last history that was played is the last that was tried, not always the shortest that failed.
  if (details.counterexample) runAgain(details.counterexample[0]);
  return {
    ...{ seed, path: `${details.counterexamplePath}@${replay}`, world: last },
    breaches: error instanceof BrokenPromise ? error.breaches : [],
    because: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
  function runAgain(all: Iterable<fc.Command<Expected, World>>): void {
    const world = startWorld(coverage, plants);
    last = world;
    try {
      for (const each of all) each.run({ steps: 0 }, world);
      world.settle(createDice(seed));
    } catch {
      // The step that throws is the one that was looked for; the log ends before it.
    }
  }
};

/** How a person plays a history again. */
export const replayLine = ({ seed, path }: Pick<Found, 'seed' | 'path'>): string =>
  `npm run sim -- --seed ${seed} --path "${path}"`;

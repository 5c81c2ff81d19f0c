import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { engineFault } from './packages/testkit/src/mod.ts';

/** Longest that one test may take, in milliseconds; those that need longer say so themselves. It bounds hangs, not speed. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Spec files at a time. Integration specs mostly wait for a broker, so one more than there are cores; vitest's own
 * default on two cores is one.
 */
const WORKERS_MAX = availableParallelism() + 1;

/** These have a command of their own, `npm run browser`: a browser drops connections when containers come and go. */
const IN_A_BROWSER = 'test/console/**';

const NEVER = ['**/node_modules/**', '**/*.soak.spec.ts', IN_A_BROWSER, '.muster/**'];

/** Specs that start a broker or services. */
const WITH_A_BROKER = ['**/*.int.spec.ts', '**/*.e2e.spec.ts'];

const common = { pool: 'forks', testTimeout: TEST_TIMEOUT_MS, hookTimeout: TEST_TIMEOUT_MS } as const;

/** Integration specs that know of one broker; those that compare both ways do so themselves. */
const AGAIN_IN_A_CONTAINER = [
  'packages/mesh/src/{append,project,serve,streams,timers,wire,worker}/**/*.int.spec.ts',
  'packages/adapter-kit/**/*.int.spec.ts',
  'services/request-broker/src/broker.int.spec.ts',
  'services/capability-registry/src/service.int.spec.ts',
];

const fault = await engineFault();
if (fault !== undefined) console.warn(`integration specs run with a local process only: ${fault}`);

export default defineConfig({
  test: {
    maxWorkers: WORKERS_MAX,
    projects: [
      // Pure code needs no process of its own for each file; without one it is done in a quarter of the time.
      {
        test: {
          ...common,
          name: 'unit',
          include: ['**/*.spec.ts'],
          exclude: [...NEVER, ...WITH_A_BROKER],
          isolate: false,
        },
      },
      { test: { ...common, name: 'broker', include: WITH_A_BROKER, exclude: NEVER } },
      ...(fault === undefined
        ? [
            {
              test: {
                ...common,
                name: 'container',
                include: AGAIN_IN_A_CONTAINER,
                exclude: NEVER,
                env: { MUSTER_BROKER_WAY: 'container' },
              },
            },
          ]
        : []),
    ],
  },
});

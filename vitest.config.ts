import { defineConfig } from 'vitest/config';
import { engineFault } from './packages/testkit/src/mod.ts';

/** Longest that one test may take, in milliseconds; those that need longer say so themselves. */
const TEST_TIMEOUT_MS = 30_000;

const common = {
  exclude: ['**/node_modules/**', '**/*.soak.spec.ts', '.muster/**'],
  pool: 'forks',
  testTimeout: TEST_TIMEOUT_MS,
  hookTimeout: TEST_TIMEOUT_MS,
} as const;

/** Integration specs that know of one broker; those that compare both ways do so themselves. */
const AGAIN_IN_A_CONTAINER = [
  'packages/mesh/src/{append,project,serve,streams,timers,wire,work}/**/*.int.spec.ts',
  'packages/adapter-kit/**/*.int.spec.ts',
  'services/**/*.int.spec.ts',
];

const fault = await engineFault();
if (fault !== undefined) console.warn(`integration specs run with a local process only: ${fault}`);

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'all', include: ['**/*.spec.ts'] } },
      ...(fault === undefined
        ? [
            {
              test: {
                ...common,
                name: 'container',
                include: AGAIN_IN_A_CONTAINER,
                env: { MUSTER_BROKER_WAY: 'container' },
              },
            },
          ]
        : []),
    ],
  },
});

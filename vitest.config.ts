import { defineConfig } from 'vitest/config';

/** Longest that one test may take, in milliseconds; those that need longer say so themselves. */
const TEST_TIMEOUT_MS = 30_000;

export default defineConfig({
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/*.soak.spec.ts', '.muster/**'],
    pool: 'forks',
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
  },
});

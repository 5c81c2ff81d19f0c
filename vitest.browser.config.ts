import { defineConfig } from 'vitest/config';

/** The console in Chromium, on a stack of its own; each spec says itself how long it may take. */
export default defineConfig({
  test: {
    include: ['test/console/**/*.e2e.spec.ts'],
    exclude: ['**/node_modules/**', '.muster/**'],
    pool: 'forks',
    fileParallelism: false,
  },
});

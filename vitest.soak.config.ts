import { defineConfig } from 'vitest/config';

/** A soak test runs the full counts; each says itself how long it may take. */
export default defineConfig({
  test: {
    include: ['**/*.soak.spec.ts'],
    exclude: ['**/node_modules/**', '.muster/**'],
    pool: 'forks',
    fileParallelism: false,
  },
});

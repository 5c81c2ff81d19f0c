// Builds the console if it is not built already as its sources are now: node services/console/build/main.ts
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { checkBudget } from './budget.ts';
import { compressAll } from './compress.ts';
import { fingerprint } from './fingerprint.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
/** Names the sources that the files beside it were made of; files with a dot in front are not served. */
const STAMP = '.built-from';

const isBuiltFrom = (sources: string): boolean =>
  existsSync(join(dist, STAMP)) && readFileSync(join(dist, STAMP), 'utf8') === sources;

const main = async (): Promise<void> => {
  const sources = fingerprint(root);
  if (isBuiltFrom(sources)) return;
  const began = performance.now();
  // In place at once, so that a gateway that runs meanwhile serves the old files or the new ones.
  const made = join(root, `dist-${process.pid}`);
  try {
    await build({ root, logLevel: 'error', build: { outDir: made, emptyOutDir: true } });
    await compressAll(made);
    checkBudget(made);
    writeFileSync(join(made, STAMP), sources);
    rmSync(dist, { recursive: true, force: true });
    renameSync(made, dist);
  } catch (error) {
    // Another process was faster.
    if (!isBuiltFrom(sources)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  console.log(`built the console into ${dist} in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
};

await main();

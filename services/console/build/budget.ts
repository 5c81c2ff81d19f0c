import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Compressed script that a first visit may load before it shows anything, in bytes: a second on a slow line. */
const FIRST_LOAD_BYTES_MAX = 250 * 1_024;

/** Compressed bytes of the script that the first page names. */
export const firstLoadBytes = (folder: string): number => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  if (scripts.length === 0) throw new Error('the first page names no script');
  return scripts.reduce((sum, path) => sum + statSync(join(folder, `${path}.gz`)).size, 0);
};

/** @throws Error when a first visit would load more script than it may. */
export const checkBudget = (folder: string): void => {
  const bytes = firstLoadBytes(folder);
  if (bytes <= FIRST_LOAD_BYTES_MAX) return;
  throw new Error(
    `a first visit loads ${bytes} bytes of compressed script, and may load ${FIRST_LOAD_BYTES_MAX}: load what a screen alone needs with the screen`,
  );
};

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isUnusable } from './files.mjs';
import { withLock } from './lock.mjs';
import { refused } from './outcome.mjs';

/**
 * The folder that keeps what was fetched.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 */
export function cacheFolder(root, env) {
  return env.MUSTER_CACHE ? path.resolve(env.MUSTER_CACHE) : path.join(root, '.muster', 'cache');
}

/**
 * What the cache holds under a name; where it holds nothing good, fills it, once however many ask at the
 * same time. The entry appears whole or not at all.
 * @template {{ kind: string }} Good
 * @template {{ kind: string }} Bad
 * @param {import('./outcome.mjs').Setting} setting
 * @param {string} name of the entry
 * @param {(entry: string) => Promise<Good | undefined>} look what a good entry is; undefined for none
 * @param {(folder: string) => Promise<Bad | undefined>} fill makes the entry in that folder, or says why not
 * @returns {Promise<Good | Bad | import('./outcome.mjs').Refused>}
 */
export async function cached(setting, name, look, fill) {
  const entry = path.join(setting.cache, name);
  const before = await look(entry);
  if (before !== undefined) return before;
  try {
    return await withLock(path.join(setting.cache, `${name}.lock`), setting.say, async () => {
      const meanwhile = await look(entry);
      if (meanwhile !== undefined) return meanwhile;
      const trouble = await replace(setting.cache, name, fill);
      if (trouble !== undefined) return trouble;
      const filled = await look(entry);
      if (filled === undefined) throw new Error(`${entry} was filled, but is no good`);
      return filled;
    });
  } catch (error) {
    if (!isUnusable(error)) throw error;
    return refused(
      `the cache folder ${setting.cache} cannot be used: ${error instanceof Error ? error.message : error}`,
      'a folder that can be written, with about 500 MB free',
      'give yourself the right to write there, or name another folder in MUSTER_CACHE',
    );
  }
}

/**
 * @template {{ kind: string }} Bad
 * @param {string} cache
 * @param {string} name
 * @param {(folder: string) => Promise<Bad | undefined>} fill
 */
async function replace(cache, name, fill) {
  const prefix = `.fill-${name}-`;
  // Whoever left these was ended in the middle: we hold the lock.
  for (const left of readdirSync(cache).filter((file) => file.startsWith(prefix))) {
    rmSync(path.join(cache, left), { recursive: true, force: true });
  }
  const work = mkdtempSync(path.join(cache, prefix));
  try {
    const fresh = path.join(work, 'fresh');
    mkdirSync(fresh);
    const trouble = await fill(fresh);
    if (trouble !== undefined) return trouble;
    const entry = path.join(cache, name);
    if (existsSync(entry)) renameSync(entry, path.join(work, 'old'));
    renameSync(fresh, entry);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isUnusable, readIfThere } from './files.mjs';
import { withLock } from './lock.mjs';
import { refused } from './outcome.mjs';
import { run, whatWentWrong } from './proc.mjs';

/** Longest that the installation of all dependencies may take, in milliseconds. */
const INSTALL_MS_MAX = 15 * 60_000;

/** Kept inside node_modules, so that it goes when they go. */
const STAMP = path.join('node_modules', '.muster-installed');

/**
 * Installs the dependencies as the lock file has them, unless that was done already.
 * @param {import('./outcome.mjs').Setting} setting
 * @param {{ bin: string, version: string }} pnpm
 * @param {Record<string, string | undefined>} env in which pnpm finds Node
 * @returns {Promise<{ kind: 'found' } | import('./outcome.mjs').Refused>}
 */
export async function installDependencies(setting, pnpm, env) {
  const stamp = path.join(setting.root, STAMP);
  const isDone = () => readIfThere(stamp) === fingerprint(setting.root, pnpm.version);
  if (isDone()) return { kind: 'found' };
  try {
    return await withLock(path.join(setting.root, '.muster', 'install.lock'), setting.say, async () => {
      if (isDone()) return { kind: 'found' };
      const trouble = await install(setting, pnpm.bin, env);
      if (trouble !== undefined) return trouble;
      mkdirSync(path.dirname(stamp), { recursive: true });
      writeFileSync(stamp, fingerprint(setting.root, pnpm.version));
      return { kind: 'found' };
    });
  } catch (error) {
    if (!isUnusable(error)) throw error;
    return refused(
      `the dependencies cannot be installed: ${error instanceof Error ? error.message : error}`,
      `the right to write in ${setting.root}, with about 500 MB free`,
      'give yourself that right, or copy the repository to a folder of your own',
    );
  }
}

/**
 * @param {import('./outcome.mjs').Setting} setting
 * @param {string} bin of pnpm
 * @param {Record<string, string | undefined>} env
 */
async function install(setting, bin, env) {
  const ended = await setting.say.during('installing the dependencies', () =>
    run(bin, ['install', '--frozen-lockfile'], {
      cwd: setting.root,
      // Without it pnpm asks before it replaces a node_modules made by another version.
      env: { ...env, CI: 'true' },
      timeoutMs: INSTALL_MS_MAX,
    }),
  );
  if (ended.trouble === undefined) return undefined;
  return refused(
    `pnpm install --frozen-lockfile ${whatWentWrong(ended)}`,
    'every dependency of pnpm-lock.yaml, from the npm registry or from the store of pnpm',
    'check the network; after a change of a package.json bring the lock file up to date:\n' +
      `${path.relative(setting.root, bin).startsWith('..') ? bin : path.relative(setting.root, bin)} install`,
  );
}

/**
 * Changes whenever an installation could come out differently.
 * @param {string} root
 * @param {string} pnpmVersion
 */
function fingerprint(root, pnpmVersion) {
  const hash = createHash('sha256').update(pnpmVersion);
  for (const file of manifests(root)) {
    hash.update(`\n${file}\n`).update(readIfThere(path.join(root, file)) ?? '');
  }
  return hash.digest('hex');
}

/**
 * The files that an installation depends on, in a stable order.
 * @param {string} root
 */
function manifests(root) {
  const workspace = readIfThere(path.join(root, 'pnpm-workspace.yaml')) ?? '';
  const members = workspace
    .split('\n')
    .map((line) => /^ {2}- ["']?([^"'\s]+)["']?\s*$/.exec(line)?.[1])
    .filter((pattern) => pattern !== undefined)
    .flatMap((pattern) => (pattern.endsWith('/*') ? foldersIn(root, pattern.slice(0, -2)) : [pattern]));
  return [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...['.', ...members].map((at) => path.join(at, 'package.json')),
  ];
}

/**
 * @param {string} root
 * @param {string} parent
 */
function foldersIn(root, parent) {
  const entries = readdirSync(path.join(root, parent), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(parent, entry.name))
    .sort();
}

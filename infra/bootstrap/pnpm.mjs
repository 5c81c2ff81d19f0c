import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { cached } from './cache.mjs';
import { fetchPackage } from './npm.mjs';
import { refused } from './outcome.mjs';
import { isExecutable, run, whatWentWrong } from './proc.mjs';

/**
 * Settings for every pnpm below us. It would ask the registry about its own version at each start, and check
 * the dependencies again: both are done here, and the first fails without a network.
 */
export const PNPM_ENV = { pnpm_config_pm_on_fail: 'ignore', pnpm_config_verify_deps_before_run: 'false' };

/**
 * The pnpm of the version that the root package.json names, fetched where it is missing.
 * @param {import('./outcome.mjs').Setting} setting
 * @returns {Promise<{ kind: 'found', bin: string, version: string } | import('./outcome.mjs').Refused>}
 */
export async function findPnpm(setting) {
  const version = pinnedVersion(setting.root);
  return cached(
    setting,
    `pnpm-${version}-${setting.platform}-${setting.arch}`,
    async (entry) => {
      const bin = path.join(entry, 'bin', 'pnpm');
      return isExecutable(bin) ? { kind: /** @type {const} */ ('found'), bin, version } : undefined;
    },
    (folder) => fetchPnpm(setting, folder, version),
  );
}

/** @param {string} root */
function pinnedVersion(root) {
  const file = path.join(root, 'package.json');
  const pin = /^pnpm@(\d+\.\d+\.\d+)/.exec(JSON.parse(readFileSync(file, 'utf8')).packageManager ?? '')?.[1];
  if (pin === undefined) throw new Error(`${file}: packageManager must name a version of pnpm`);
  return pin;
}

/**
 * @param {import('./outcome.mjs').Setting} setting
 * @param {string} folder
 * @param {string} version
 */
async function fetchPnpm(setting, folder, version) {
  const trouble = await fetchPackage(setting, folder, `pnpm@${version}`);
  if (trouble !== undefined) return trouble;

  const binary = nativeBinary(path.join(folder, 'node_modules'));
  const answer = binary === undefined ? undefined : await run(binary, ['--version'], { cwd: folder });
  if (binary === undefined || answer?.stdout.trim() !== version) {
    return refused(
      `pnpm ${version} does not run on this machine: it ${answer ? whatWentWrong(answer) : 'has no binary for it'}`,
      `pnpm ${version} for ${setting.platform} ${setting.arch}`,
      'run on Linux or macOS (x64 or arm64); on Windows use the Linux subsystem',
    );
  }
  mkdirSync(path.join(folder, 'bin'));
  symlinkSync(path.relative(path.join(folder, 'bin'), binary), path.join(folder, 'bin', 'pnpm'));
  return undefined;
}

/**
 * pnpm is a native binary in a package of its own, of which npm installs the one that fits the machine.
 * @param {string} modules
 */
function nativeBinary(modules) {
  const scope = path.join(modules, '@pnpm');
  const fitting = readdirSync(scope).filter((name) => name.startsWith('exe.'));
  return fitting.map((name) => path.join(scope, name, 'pnpm')).find(isExecutable);
}

import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cached } from './cache.mjs';
import { fetchPackage } from './npm.mjs';
import { refused } from './outcome.mjs';
import { NODE_MAJOR_MIN, NODE_PIN } from './pins.mjs';
import { isExecutable, run, whatWentWrong } from './proc.mjs';

/**
 * A Node that runs Muster.
 * @typedef {{ kind: 'found', bin: string }} FoundNode
 */

/**
 * The running Node where it is new enough, else the one of the cache, fetched where it is missing.
 * @param {import('./outcome.mjs').Setting} setting
 * @param {{ version: string, bin: string }} running
 * @returns {Promise<FoundNode | import('./outcome.mjs').Refused>}
 */
export async function findNode(setting, running) {
  if (Number.parseInt(running.version, 10) >= NODE_MAJOR_MIN) return { kind: 'found', bin: running.bin };
  return cached(
    setting,
    `node-${NODE_PIN}-${setting.platform}-${setting.arch}`,
    async (entry) => {
      const bin = path.join(entry, 'bin', 'node');
      return isExecutable(bin) ? { kind: /** @type {const} */ ('found'), bin } : undefined;
    },
    (folder) => fetchNode(setting, folder, running.version),
  );
}

/**
 * @param {import('./outcome.mjs').Setting} setting
 * @param {string} folder
 * @param {string} runningVersion
 */
async function fetchNode(setting, folder, runningVersion) {
  const name = packageName(setting.platform, setting.arch);
  setting.say.note(
    `Node ${runningVersion} is running, ${NODE_MAJOR_MIN} is needed: fetching ${NODE_PIN}, once`,
  );
  const trouble = await fetchPackage(setting, folder, `${name}@${NODE_PIN}`);
  if (trouble !== undefined) return { ...trouble, remedy: `${trouble.remedy}\nor ${OWN_NODE}` };

  const bin = path.join(folder, 'node_modules', name, 'bin', 'node');
  const answer = await run(bin, ['--version']);
  if (answer.stdout.trim() !== `v${NODE_PIN}`) {
    return refused(
      `the npm package ${name} does not run on this machine: it ${whatWentWrong(answer)}`,
      `Node ${NODE_MAJOR_MIN} or newer`,
      OWN_NODE,
    );
  }
  renameSync(path.dirname(bin), path.join(folder, 'bin'));
  rmSync(path.join(folder, 'node_modules'), { recursive: true });
  return undefined;
}

const OWN_NODE = `install Node ${NODE_MAJOR_MIN} yourself (https://nodejs.org), then run the same command again`;

/**
 * The package that holds the binary. The package `node` only fetches this one by an install script.
 * @param {string} platform
 * @param {string} arch
 */
function packageName(platform, arch) {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

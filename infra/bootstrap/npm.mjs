import path from 'node:path';
import { refused } from './outcome.mjs';
import { isExecutable, onPath, run, whatWentWrong } from './proc.mjs';

/** Longest that npm may take to fetch one package, in milliseconds. */
const FETCH_MS_MAX = 10 * 60_000;

/** What an npm that started us tells its scripts about itself; it would steer ours to the wrong folder. */
const FOREIGN_SETTINGS = /^npm_(package|lifecycle|command|node|execpath|config_(local_|global_)?prefix)/i;

/**
 * Fetches one package by npm, which checks it against the registry's checksum.
 * @param {import('./outcome.mjs').Setting} setting
 * @param {string} folder that gets node_modules
 * @param {string} wanted name@version
 * @returns {Promise<import('./outcome.mjs').Refused | undefined>}
 */
export async function fetchPackage(setting, folder, wanted) {
  const npm = npmOf(setting.env);
  if (npm === undefined) {
    return refused(
      'no npm, neither on PATH nor beside Node',
      `npm, to fetch ${wanted}`,
      'install npm (it comes with Node from https://nodejs.org), then run the same command again',
    );
  }
  const ended = await setting.say.during(`fetching ${wanted}`, () =>
    // The packages that we fetch work without their install scripts, which newer versions of npm do not run.
    run(
      npm,
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', wanted],
      {
        cwd: folder,
        env: withoutForeignSettings(setting.env),
        timeoutMs: FETCH_MS_MAX,
      },
    ),
  );
  if (ended.trouble === undefined) return undefined;
  return refused(
    `npm could not fetch ${wanted}: it ${whatWentWrong(ended)}`,
    'a way to the npm registry, this first time; later runs need none',
    'check the network (npm ping) and the registry that npm uses (npm config get registry), then run again',
  );
}

/** @param {Record<string, string | undefined>} env */
function npmOf(env) {
  const beside = path.join(path.dirname(process.execPath), 'npm');
  return onPath('npm', env)[0] ?? (isExecutable(beside) ? beside : undefined);
}

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, string | undefined>}
 */
function withoutForeignSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN_SETTINGS.test(name)));
}

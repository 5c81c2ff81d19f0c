import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { passed } from '../outcome.mjs';
import { onPath, run, whatWentWrong } from '../proc.mjs';

const WHERE = "Debian's package";

/** The suite that has a new nats-server first. */
const SUITE = 'sid';

/** Where Debian keeps its keys; apt refuses what is not signed with one of them. */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Longest that apt may take for one step, in milliseconds. */
const APT_MS_MAX = 3 * 60_000;

/**
 * Downloads the package of a newer suite by the machine's own apt, which checks its signature, and unpacks
 * it. Nothing is installed, and apt's own lists and settings stay as they are.
 * @param {import('../outcome.mjs').Setting} setting
 * @param {string} folder for the result
 * @param {string} [keyring] the keys that the suite must be signed with
 * @returns {Promise<import('./fetch.mjs').Fetched>}
 */
export async function fromDebian(setting, folder, keyring = KEYRING) {
  const missing = ['apt-get', 'dpkg-deb'].find((tool) => onPath(tool, setting.env).length === 0);
  if (missing !== undefined) return passed(WHERE, `there is no ${missing} on PATH`);
  if (!existsSync(keyring)) {
    return passed(WHERE, `there is no ${keyring} to check signatures with (package debian-archive-keyring)`);
  }
  // apt fetches as a user of its own, who cannot read a folder below a private home.
  const work = mkdtempSync(path.join(os.tmpdir(), 'muster-apt-'));
  chmodSync(work, 0o755);
  const remove = () => rmSync(work, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await fetchPackage(setting, work, folder, keyring);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/**
 * @param {import('../outcome.mjs').Setting} setting
 * @param {string} work
 * @param {string} folder
 * @param {string} keyring
 * @returns {Promise<import('./fetch.mjs').Fetched>}
 */
async function fetchPackage(setting, work, folder, keyring) {
  for (const part of ['lists/partial', 'cache/archives/partial', 'deb']) {
    mkdirSync(path.join(work, part), { recursive: true });
  }
  const mirror = await mirrorOf(setting);
  if (mirror === undefined) {
    return passed(WHERE, 'apt knows no Debian mirror: run apt-get update, or add one to its sources');
  }
  writeFileSync(path.join(work, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${SUITE} main\n`);

  /** @param {readonly string[]} command */
  const apt = (command) =>
    run('apt-get', [...settings(work), ...command], {
      cwd: path.join(work, 'deb'),
      env: { ...setting.env, LC_ALL: 'C' },
      timeoutMs: APT_MS_MAX,
    });
  const updated = await apt(['update', '--error-on=any']);
  if (updated.trouble !== undefined) return passed(WHERE, `apt-get update ${whatWentWrong(updated)}`);
  const got = await apt(['download', 'nats-server']);
  if (got.trouble !== undefined) return passed(WHERE, `apt-get download ${whatWentWrong(got)}`);

  const deb = readdirSync(path.join(work, 'deb')).find((name) => name.endsWith('.deb'));
  if (deb === undefined) return passed(WHERE, 'apt-get downloaded nothing');
  const unpacked = await run('dpkg-deb', ['-x', path.join(work, 'deb', deb), folder], { env: setting.env });
  if (unpacked.trouble !== undefined) return passed(WHERE, `dpkg-deb ${whatWentWrong(unpacked)}`);
  const file = ['usr/sbin', 'usr/bin'].map((at) => path.join(folder, at, 'nats-server')).find(existsSync);
  if (file === undefined) return passed(WHERE, `${deb} holds no nats-server`);
  return { kind: 'fetched', file, via: `${WHERE} ${deb}` };
}

/**
 * Everything that keeps this run of apt apart from the machine's own state.
 * @param {string} work
 */
function settings(work) {
  return [
    ['Dir::Etc::SourceList', path.join(work, 'sources.list')],
    ['Dir::Etc::SourceParts', '-'],
    ['Dir::Etc::Preferences', '-'],
    ['Dir::Etc::PreferencesParts', '-'],
    ['Dir::State::Lists', path.join(work, 'lists')],
    ['Dir::Cache', path.join(work, 'cache')],
    ['Acquire::Languages', 'none'],
    ['Acquire::Retries', '2'],
    ['Acquire::http::Timeout', '20'],
    ['Acquire::https::Timeout', '20'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/**
 * The Debian mirror that this machine already uses.
 * @param {import('../outcome.mjs').Setting} setting
 */
async function mirrorOf(setting) {
  const env = { ...setting.env, LC_ALL: 'C' };
  const targets = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)'], { env });
  // A machine that never fetched its lists has no index targets yet, but can say what it would fetch.
  const uris = await run('apt-get', ['update', '--print-uris'], { env });
  const known = [...targets.stdout.split('\n'), ...uris.stdout.split('\n').map(repositoryOf)];
  return known.find((uri) => /\/debian\/?$/.test(uri));
}

/** @param {string} line of apt-get update --print-uris */
function repositoryOf(line) {
  return /^'(\S+?)\/dists\//.exec(line)?.[1] ?? '';
}

import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Of } from '../files.mjs';
import { passed, refused } from '../outcome.mjs';
import { NATS_MIN, NATS_PIN } from '../pins.mjs';
import { isExecutable } from '../proc.mjs';
import { fromContainer } from './container.mjs';
import { fromDebian } from './debian.mjs';
import { fromRelease } from './release.mjs';
import { askVersion } from './version.mjs';

/**
 * What a way to fetch a server came to; `file` is not checked yet.
 * @typedef {{ kind: 'fetched', file: string, via: string } | import('../outcome.mjs').Passed | import('../outcome.mjs').Refused} Fetched
 */

/**
 * A way to fetch a server into a folder.
 * @typedef {{ name: string, way: (setting: import('../outcome.mjs').Setting, folder: string) => Promise<Fetched> }} NamedWay
 */

/**
 * Every way to fetch a server, in the order in which they are tried.
 * @type {readonly NamedWay[]}
 */
export const WAYS = [
  { name: 'the official release archive', way: fromRelease },
  { name: "Debian's package", way: fromDebian },
  { name: 'the container image', way: fromContainer },
];

/** Where the server is in its cache entry. */
export const BIN = path.join('bin', 'nats-server');

/** What the cache knows of the server, beside it. */
export const ORIGIN = 'origin.json';

/**
 * Fills a cache entry by the first way that brings a good server.
 * @param {import('../outcome.mjs').Setting} setting
 * @param {string} folder the entry
 * @param {readonly NamedWay[]} ways
 * @param {readonly import('../outcome.mjs').Passed[]} before what was tried already
 * @returns {Promise<import('../outcome.mjs').Refused | undefined>}
 */
export async function fetchServer(setting, folder, ways, before) {
  /** @type {import('../outcome.mjs').Passed[]} */
  const notes = [];
  /** @param {import('../outcome.mjs').Passed} note */
  const pass = (note) => {
    notes.push(note);
    if (note.empty) return;
    setting.say.note(`nats-server: not from ${note.where}: ${note.because.split('\n').join('; ')}`);
  };
  before.forEach(pass);
  setting.say.note('nats-server: there is none that will do on this machine: fetching one, once');
  for (const { name, way } of ways) {
    const work = path.join(folder, 'work');
    mkdirSync(work);
    const got = await setting.say.during(`nats-server: trying ${name}`, () => way(setting, work));
    if (got.kind === 'refused') return got;
    const kept = got.kind === 'fetched' ? await keep(folder, name, got) : got;
    rmSync(work, { recursive: true, force: true });
    if (kept.kind === 'passed') {
      pass(kept);
      continue;
    }
    setting.say.note(`nats-server: ${kept.version} fetched, from ${kept.via}`);
    return undefined;
  }
  return nothingFound(notes);
}

/**
 * Keeps a fetched server if it will do.
 * @param {string} folder
 * @param {string} name
 * @param {{ file: string, via: string }} got
 * @returns {Promise<import('../outcome.mjs').Passed | { kind: 'kept', version: string, via: string }>}
 */
async function keep(folder, name, got) {
  if (!existsSync(got.file)) return passed(name, `there is no ${path.basename(got.file)} in it`);
  if (!isExecutable(got.file)) chmodSync(got.file, 0o755);
  const answer = await askVersion(got.file);
  if (answer.kind !== 'server') return passed(name, answer.because);
  const bin = path.join(folder, BIN);
  mkdirSync(path.dirname(bin), { recursive: true });
  renameSync(got.file, bin);
  const origin = { version: answer.version, via: got.via, sha256: await sha256Of(bin) };
  writeFileSync(path.join(folder, ORIGIN), `${JSON.stringify(origin, undefined, 2)}\n`);
  return { kind: 'kept', version: answer.version, via: got.via };
}

/** @param {readonly import('../outcome.mjs').Passed[]} notes */
function nothingFound(notes) {
  const tried = notes.map((note) => `- ${note.where}: ${note.because.split('\n').join('\n  ')}`);
  return refused(
    ['no nats-server. Tried, in this order:', ...tried].join('\n'),
    `a nats-server of ${NATS_MIN} or newer`,
    [
      'any one of these, then run the same command again:',
      `- get nats-server ${NATS_PIN} (https://github.com/nats-io/nats-server/releases) and put it on PATH,`,
      '  or name it in NATS_SERVER_BIN',
      '- name a mirror of the releases in MUSTER_NATS_RELEASE_BASE',
      '- start a Docker engine that can fetch the official image',
    ].join('\n'),
  );
}

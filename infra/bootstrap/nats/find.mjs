import path from 'node:path';
import { cached } from '../cache.mjs';
import { readIfThere, sha256Of } from '../files.mjs';
import { empty, passed, refused } from '../outcome.mjs';
import { NATS_MIN } from '../pins.mjs';
import { isExecutable, onPath } from '../proc.mjs';
import { BIN, fetchServer, ORIGIN, WAYS } from './fetch.mjs';
import { askVersion } from './version.mjs';

/**
 * A nats-server that will do, and where it came from.
 * @typedef {{ kind: 'found', bin: string, version: string, via: string }} FoundServer
 */

/**
 * Looks for a nats-server: NATS_SERVER_BIN, PATH, the cache, then the ways to fetch one.
 * @param {import('../outcome.mjs').Setting} setting
 * @param {readonly import('./fetch.mjs').NamedWay[]} [ways]
 * @returns {Promise<FoundServer | import('../outcome.mjs').Refused>}
 */
export async function findServer(setting, ways = WAYS) {
  if (setting.env.NATS_SERVER_BIN) return namedServer(setting.env.NATS_SERVER_BIN);
  const atHand = await serverAtHand(setting);
  if (atHand.found !== undefined) return atHand.found;
  return cached(
    setting,
    path.basename(entryOf(setting)),
    async (entry) => {
      const server = await serverInCache(entry);
      return server.kind === 'found' ? server : undefined;
    },
    (folder) => fetchServer(setting, folder, ways, atHand.notes),
  );
}

/**
 * The server that is on this machine already, without fetching one, and why the places without one were left.
 * @param {import('../outcome.mjs').Setting} setting
 * @returns {Promise<{ found: FoundServer | undefined, notes: import('../outcome.mjs').Passed[] }>}
 */
export async function serverAtHand(setting) {
  const named = setting.env.NATS_SERVER_BIN;
  if (named) {
    const server = await namedServer(named);
    return { found: server.kind === 'found' ? server : undefined, notes: [] };
  }
  const notes = [empty('NATS_SERVER_BIN', 'it is not set')];
  const bins = onPath('nats-server', setting.env);
  if (bins.length === 0) notes.push(empty('PATH', 'there is no nats-server'));
  for (const bin of bins) {
    const answer = await askVersion(bin);
    if (answer.kind === 'server') {
      return { found: { kind: 'found', bin, version: answer.version, via: 'PATH' }, notes };
    }
    notes.push(passed('PATH', `${bin}: ${answer.because}`));
  }
  const inCache = await serverInCache(entryOf(setting));
  if (inCache.kind === 'found') return { found: inCache, notes };
  return { found: undefined, notes: [...notes, inCache] };
}

/**
 * The cache entry of the server.
 * @param {import('../outcome.mjs').Setting} setting
 */
function entryOf(setting) {
  return path.join(setting.cache, `nats-server-${setting.platform}-${setting.arch}`);
}

/**
 * The server that a person named: it is this one or none.
 * @param {string} bin
 * @returns {Promise<FoundServer | import('../outcome.mjs').Refused>}
 */
async function namedServer(bin) {
  const needed = `a nats-server of ${NATS_MIN} or newer`;
  const remedy = 'name another one in NATS_SERVER_BIN, or unset it and one is looked for and fetched';
  if (!isExecutable(bin))
    return refused(`NATS_SERVER_BIN=${bin}, where there is no executable file`, needed, remedy);
  const answer = await askVersion(path.resolve(bin));
  if (answer.kind !== 'server') return refused(`NATS_SERVER_BIN=${bin}: ${answer.because}`, needed, remedy);
  return { kind: 'found', bin: path.resolve(bin), version: answer.version, via: 'NATS_SERVER_BIN' };
}

/**
 * @param {string} entry
 * @returns {Promise<FoundServer | import('../outcome.mjs').Passed>}
 */
async function serverInCache(entry) {
  const record = readIfThere(path.join(entry, ORIGIN));
  const bin = path.join(entry, BIN);
  if (record === undefined || !isExecutable(bin)) return empty('cache', `there is none in ${entry}`);
  const origin = originOf(record);
  if (origin?.sha256 !== (await sha256Of(bin))) return passed('cache', `${bin} is damaged`);
  const answer = await askVersion(bin);
  if (answer.kind !== 'server') return passed('cache', `${bin}: ${answer.because}`);
  return { kind: 'found', bin, version: answer.version, via: `cache (${origin.via})` };
}

/**
 * @param {string} record
 * @returns {{ sha256: string, via: string } | undefined} undefined for a damaged record
 */
function originOf(record) {
  try {
    return JSON.parse(record);
  } catch {
    return undefined;
  }
}

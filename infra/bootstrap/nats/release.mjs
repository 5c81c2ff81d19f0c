import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { passed, refused } from '../outcome.mjs';
import { NATS_PIN } from '../pins.mjs';
import { run, whatWentWrong } from '../proc.mjs';
import { download } from './download.mjs';

const WHERE = 'official release archive';

/** Where the releases are; MUSTER_NATS_RELEASE_BASE names a mirror with the same folders. */
const RELEASE_BASE = 'https://github.com/nats-io/nats-server/releases/download';

/** Largest archive that we take, in bytes (2.15.1 has about 7 MB). */
const ARCHIVE_BYTES_MAX = 64 * 1_024 * 1_024;

/** Largest checksum file that we take, in bytes. */
const CHECKSUMS_BYTES_MAX = 256 * 1_024;

/** An archive that arrives in part is asked for this many times in all. */
const ATTEMPTS = 2;

/** Longest that unpacking may take, in milliseconds. */
const UNPACK_MS_MAX = 60_000;

/** The names that releases use for the machines that Node names otherwise. */
const ARCH_NAMES = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
  ['arm', 'arm7'],
  ['ppc64', 'ppc64le'],
  ['s390x', 's390x'],
]);

/**
 * Downloads the archive of the pinned release and checks it against the checksum file beside it.
 * @param {import('../outcome.mjs').Setting} setting
 * @param {string} folder for the work
 * @returns {Promise<import('./fetch.mjs').Fetched>}
 */
export async function fromRelease(setting, folder) {
  const arch = ARCH_NAMES.get(setting.arch);
  if (arch === undefined || !['linux', 'darwin'].includes(setting.platform)) {
    return passed(WHERE, `we unpack those for Linux and macOS only, not ${setting.platform} ${setting.arch}`);
  }
  const base = `${setting.env.MUSTER_NATS_RELEASE_BASE || RELEASE_BASE}/v${NATS_PIN}`;
  const name = `nats-server-v${NATS_PIN}-${setting.platform}-${arch}`;

  const list = path.join(folder, 'SHA256SUMS');
  const listed = await download(`${base}/SHA256SUMS`, list, CHECKSUMS_BYTES_MAX);
  if (listed.kind === 'incomplete') return passed(WHERE, `${base}/SHA256SUMS arrived in part only`);
  if (listed.kind === 'failed') return passed(WHERE, listed.because);
  const expected = checksumOf(readFileSync(list, 'utf8'), `${name}.tar.gz`);
  if (expected === undefined) return passed(WHERE, `${base}/SHA256SUMS has no checksum for ${name}.tar.gz`);

  const archive = path.join(folder, 'archive.tar.gz');
  const wrong = await fetchArchive(`${base}/${name}.tar.gz`, archive, expected);
  if (wrong !== undefined) return wrong;
  const unpacked = await run('tar', ['-xzf', archive, '-C', folder], { timeoutMs: UNPACK_MS_MAX });
  if (unpacked.trouble !== undefined) return passed(WHERE, `tar ${whatWentWrong(unpacked)}`);
  return { kind: 'fetched', file: path.join(folder, name, 'nats-server'), via: WHERE };
}

/**
 * @param {string} url
 * @param {string} archive
 * @param {string} expected
 */
async function fetchArchive(url, archive, expected) {
  for (let attempt = 1; ; attempt += 1) {
    const got = await download(url, archive, ARCHIVE_BYTES_MAX);
    if (got.kind === 'done' && got.sha256 === expected) return undefined;
    rmSync(archive, { force: true });
    if (got.kind === 'failed') return passed(WHERE, got.because);
    if (got.kind === 'done') {
      return refused(
        `${url}\nhas the SHA-256 ${got.sha256} (${got.bytes} bytes)`,
        `the SHA-256 ${expected} of the SHA256SUMS beside it`,
        'do not use that file. Run again, in case it was damaged on the way; if it stays so, tell whoever runs\n' +
          `the mirror, and meanwhile ${OWN_SERVER}`,
      );
    }
    if (attempt === ATTEMPTS) {
      return refused(
        `${url}\nended after ${got.bytes} of ${got.promised} bytes, ${ATTEMPTS} times`,
        'the whole archive',
        `check the network and any proxy on the way, then run again; or ${OWN_SERVER}`,
      );
    }
  }
}

const OWN_SERVER = 'name a nats-server of your own in NATS_SERVER_BIN';

/**
 * @param {string} list as sha256sum writes it
 * @param {string} name
 */
function checksumOf(list, name) {
  const rows = list.split('\n').map((line) => /^([0-9a-f]{64})\s+\*?(.+?)\s*$/i.exec(line));
  return rows.find((row) => row?.[2] === name)?.[1]?.toLowerCase();
}

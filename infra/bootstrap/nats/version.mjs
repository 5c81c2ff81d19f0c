import { NATS_MIN } from '../pins.mjs';
import { run, whatWentWrong } from '../proc.mjs';

/**
 * What a file answered when it was asked for its version.
 * @typedef {{ kind: 'server', version: string } | { kind: 'too-old' | 'no-server', because: string }} Answer
 */

/**
 * @param {string} bin
 * @returns {Promise<Answer>}
 */
export async function askVersion(bin) {
  const ended = await run(bin, ['--version']);
  const version = /^nats-server: v(\d+\.\d+\.\d+\S*)/m.exec(ended.stdout)?.[1];
  if (version === undefined) {
    const detail = whatWentWrong(ended);
    return { kind: 'no-server', because: `it does not answer like a nats-server: it ${detail}` };
  }
  if (isOlder(version, NATS_MIN)) {
    return { kind: 'too-old', because: `it is version ${version}, older than ${NATS_MIN}` };
  }
  return { kind: 'server', version };
}

/**
 * Compares versions as semver does, except that two pre-releases of one version are held to be equal.
 * @param {string} version
 * @param {string} other
 */
export function isOlder(version, other) {
  const [a, b] = [parts(version), parts(other)];
  for (const place of /** @type {const} */ ([0, 1, 2])) {
    if (a.numbers[place] !== b.numbers[place]) return a.numbers[place] < b.numbers[place];
  }
  return a.isPreRelease && !b.isPreRelease;
}

/** @param {string} version */
function parts(version) {
  const found = /^(\d+)\.(\d+)\.(\d+)(-.+)?/.exec(version);
  if (found === null) throw new Error(`${version} is no version`);
  return {
    numbers: /** @type {[number, number, number]} */ ([Number(found[1]), Number(found[2]), Number(found[3])]),
    isPreRelease: found[4] !== undefined,
  };
}

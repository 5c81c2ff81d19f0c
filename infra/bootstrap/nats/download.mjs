import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isUnusable } from '../files.mjs';

/** Longest silence of a server before we give up on it, in milliseconds. */
const SILENCE_MS_MAX = 15_000;

/**
 * What came of a download. `incomplete` means that the server promised more than it sent.
 * @typedef {{ kind: 'done', bytes: number, sha256: string }
 *   | { kind: 'incomplete', bytes: number, promised: number }
 *   | { kind: 'failed', because: string }} Download
 */

/**
 * Downloads to a file. Redirects are followed.
 * @param {string} url
 * @param {string} file
 * @param {number} bytesMax
 * @param {{ silenceMsMax?: number }} [limits] longest silence of the server, in milliseconds
 * @returns {Promise<Download>}
 */
export async function download(url, file, bytesMax, { silenceMsMax = SILENCE_MS_MAX } = {}) {
  const silence = silenceGuard(silenceMsMax);
  let bytes = 0;
  /** @type {number | undefined} */
  let promised;
  try {
    const response = await fetch(url, { signal: silence.signal, headers: { 'accept-encoding': 'identity' } });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return { kind: 'failed', because: `${url} answered ${response.status} ${response.statusText}`.trim() };
    }
    promised = Number(response.headers.get('content-length') ?? Number.NaN);
    const hash = createHash('sha256');
    const body = response.body;
    await pipeline(async function* () {
      for await (const chunk of body) {
        silence.heard();
        bytes += chunk.byteLength;
        if (bytes > bytesMax) throw new Error(tooLarge(bytesMax));
        hash.update(chunk);
        yield chunk;
      }
    }, createWriteStream(file));
    return { kind: 'done', bytes, sha256: hash.digest('hex') };
  } catch (error) {
    // Our own disk is no fault of the server's.
    if (isUnusable(error)) throw error;
    if (silence.signal.aborted) return { kind: 'failed', because: `${url}: ${tooQuiet(silenceMsMax)}` };
    if (bytes > bytesMax) return { kind: 'failed', because: `${url}: ${tooLarge(bytesMax)}` };
    if (promised !== undefined && bytes < promised) return { kind: 'incomplete', bytes, promised };
    return { kind: 'failed', because: `${url}: ${reasonOf(error)}` };
  } finally {
    silence.end();
  }
}

/** @param {number} silenceMsMax */
function silenceGuard(silenceMsMax) {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(), silenceMsMax);
  let timer = start();
  return {
    signal: controller.signal,
    heard() {
      clearTimeout(timer);
      timer = start();
    },
    end: () => clearTimeout(timer),
  };
}

/** @param {number} bytesMax */
function tooLarge(bytesMax) {
  return `it is larger than the ${bytesMax} bytes that we take`;
}

/** @param {number} silenceMsMax */
function tooQuiet(silenceMsMax) {
  return `nothing came for ${silenceMsMax / 1_000} s`;
}

/**
 * fetch hides the reason of a failed connection in `cause`.
 * @param {unknown} error
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}

import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Error codes of a folder that cannot be used, as opposed to a fault in our own code. */
const UNUSABLE_CODES = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EEXIST',
  'ELOOP',
]);

/** @param {unknown} error */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** @param {unknown} error */
export function isUnusable(error) {
  const code = codeOf(error);
  return code !== undefined && UNUSABLE_CODES.has(code);
}

/**
 * The text of a file, or undefined if there is no such file.
 * @param {string} file
 */
export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * When a file was last changed, in milliseconds since 1970, or undefined if there is no such file.
 * @param {string} file
 */
export function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/**
 * @param {string} file
 * @returns {Promise<string>} SHA-256 in lower-case hexadecimal
 */
export async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Our own code for a file system that has no place for folders, such as `/proc`, which says only ENOENT. */
const NO_FOLDERS = 'MUSTER_NO_FOLDERS';

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
  NO_FOLDERS,
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
 * Makes a folder and those above it where they are missing, one level at a time: Node's own recursive way never ends
 * where a file system has no place for folders.
 * @param {string} folder
 */
export function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process made it at the same time.
    if (codeOf(error) === 'EEXIST' && existsSync(folder)) return;
    if (codeOf(error) !== 'ENOENT') throw error;
    throw Object.assign(new Error(`${path.dirname(folder)} takes no folders`), { code: NO_FOLDERS });
  }
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

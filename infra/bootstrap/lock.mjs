import { randomUUID } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { changedAt, codeOf, makeFolder, readIfThere } from './files.mjs';

/** Time between two looks at a lock that another process holds, in milliseconds. */
const LOOK_MS = 100;

/** How often an owner shows that it is alive, in milliseconds. */
const HEARTBEAT_MS = 2_000;

/** A lock whose owner has not shown itself for this long is broken, in milliseconds. */
export const STALE_MS = 60_000;

/** Longest wait for a lock whose owner is alive, in milliseconds. */
const WAIT_MS_MAX = 15 * 60_000;

/**
 * Runs work while no other process holds the lock of that folder.
 *
 * The lock is a folder that holds one file, named by its owner. Taking it renames a prepared folder into
 * place, which the system refuses while the lock holds a file; breaking it removes exactly the file of the
 * owner that was found stale, so nobody can break the lock of a later owner by mistake.
 * @template T
 * @param {string} lock folder of the lock
 * @param {import('./say.mjs').Say} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lock, say, work) {
  const owner = `${process.pid}-${randomUUID()}`;
  await say.during(`waiting for another muster to finish ${path.basename(lock, '.lock')}`, () =>
    take(lock, owner),
  );
  const file = path.join(lock, owner);
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    release(lock, file);
  }
}

/**
 * @param {string} lock
 * @param {string} owner
 */
async function take(lock, owner) {
  const folder = path.dirname(lock);
  makeFolder(folder);
  const prepared = mkdtempSync(path.join(folder, '.lock-'));
  try {
    writeFileSync(path.join(prepared, owner), os.hostname());
    const deadline = performance.now() + WAIT_MS_MAX;
    while (!moved(prepared, lock)) {
      breakIfStale(lock);
      if (performance.now() > deadline) {
        throw new Error(
          `${lock} is still held after ${WAIT_MS_MAX / 60_000} minutes. ` +
            'End the process that it names, or remove the folder if that process is no muster.',
        );
      }
      await pause(LOOK_MS);
    }
  } finally {
    rmSync(prepared, { recursive: true, force: true });
  }
}

/**
 * @param {string} prepared
 * @param {string} lock
 * @returns {boolean} false while someone else holds the lock
 */
function moved(prepared, lock) {
  try {
    renameSync(prepared, lock);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} lock */
function breakIfStale(lock) {
  for (const owner of ownersOf(lock)) {
    const file = path.join(lock, owner);
    if (isStale(file)) removeIfThere(file);
  }
}

/** @param {string} file of the lock's owner */
function isStale(file) {
  const seenAt = changedAt(file);
  if (seenAt === undefined) return false;
  if (Date.now() - seenAt > STALE_MS) return true;
  const sameHost = readIfThere(file) === os.hostname();
  return sameHost && !isAlive(Number.parseInt(path.basename(file), 10));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * @param {string} lock
 * @param {string} file
 */
function release(lock, file) {
  removeIfThere(file);
  try {
    rmdirSync(lock);
  } catch (error) {
    // The next owner may have it already.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** @param {string} lock */
function ownersOf(lock) {
  try {
    return readdirSync(lock);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** @param {string} file */
function removeIfThere(file) {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newSeed, nkeyOf } from './nkey.ts';
import { usersOf } from './users.ts';

/** The reason why keys could not be read or written, with the place and the remedy. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

const SUFFIX = '.nk';
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;
/** Permission bits of others than the owner. */
const OTHERS = 0o077;
const USER = /^[a-z0-9][a-z0-9-]*(\.[a-z]+)?$/;

const fileOf = (dir: string, user: string): string => {
  if (!USER.test(user)) throw new KeyError(`"${user}" is not the name of a user of the mesh`);
  return join(dir, `${user}${SUFFIX}`);
};

const assertPrivate = (file: string): void => {
  const shared = statSync(file).mode & OTHERS;
  if (shared !== 0 && process.platform !== 'win32') {
    throw new KeyError(
      `${file} can be read by others than its owner: run "chmod 600 ${file}", and rotate it`,
    );
  }
};

/**
 * The nkey seed of a user.
 * @throws KeyError when there is none, it is damaged, or others than the owner can read it.
 */
export const readSeed = (dir: string, user: string): string => {
  const file = fileOf(dir, user);
  if (!existsSync(file)) {
    throw new KeyError(`no key for "${user}": ${file} does not exist; make it with "muster keys generate"`);
  }
  assertPrivate(file);
  const seed = readFileSync(file, 'utf8').trim();
  try {
    nkeyOf(seed);
  } catch (cause) {
    throw new KeyError(
      `${file} holds no nkey seed of a user: make a new one with "muster keys rotate ${user}"`,
      {
        cause,
      },
    );
  }
  return seed;
};

/** Written beside and renamed, so that a reader never sees half a key and a crash leaves the old one. */
const writeSeed = (dir: string, user: string): void => {
  const file = fileOf(dir, user);
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${newSeed()}\n`, { mode: FILE_MODE });
  chmodSync(fresh, FILE_MODE);
  renameSync(fresh, file);
};

export type KeyReport = {
  dir: string;
  made: string[];
  /** Replaced; the server refuses the old ones once it has read its new configuration. */
  rotated: string[];
  kept: string[];
};

/** Default: every user of the mesh. With `rotate`, keys that exist are replaced. */
export type MakeKeysOptions = { users?: readonly string[]; rotate?: boolean };

/**
 * Makes the keys that are missing, one file `<user>.nk` each (mode 0600, in a folder of mode 0700).
 * @throws KeyError when the folder cannot be written.
 */
export const makeKeys = (dir: string, options: MakeKeysOptions = {}): KeyReport => {
  const report: KeyReport = { dir, made: [], rotated: [], kept: [] };
  try {
    mkdirSync(dir, { recursive: true, mode: DIRECTORY_MODE });
    chmodSync(dir, DIRECTORY_MODE);
    for (const user of options.users ?? usersOf()) {
      const exists = existsSync(fileOf(dir, user));
      if (exists && !options.rotate) {
        report.kept.push(user);
        continue;
      }
      writeSeed(dir, user);
      (exists ? report.rotated : report.made).push(user);
    }
  } catch (cause) {
    if (cause instanceof KeyError) throw cause;
    throw new KeyError(`keys cannot be written to ${dir}: choose a folder that you own`, { cause });
  }
  return report;
};

/** Public key of every user that has a key in the folder, by user. */
export const publicKeys = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => file.slice(0, -SUFFIX.length))
      .sort()
      .map((user) => [user, nkeyOf(readSeed(dir, user)).publicKey]),
  );

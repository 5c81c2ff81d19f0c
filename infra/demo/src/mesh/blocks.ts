import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { BLOCKS_FILE, type DataDir, writeWhole } from './data-dir.ts';

/** Files to which the broker only ever adds: those of the streams of which nothing is deleted or begun anew. */
const ADDED_TO = new RegExp(`\\${sep}(ASSISTANCE|HOME)_ACTUAL\\${sep}msgs\\${sep}\\d+\\.blk$`);

const noteSchema = z.record(z.string(), z.object({ bytes: z.int().nonnegative(), sha256: z.string() }));

/** What each of the files began with when it was looked at last. */
type Note = z.infer<typeof noteSchema>;

const readNote = (dir: DataDir): Note => {
  const path = dir.file(BLOCKS_FILE);
  if (!existsSync(path)) return {};
  try {
    return noteSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // It only helps to see damage earlier; the broker's own words and the streams are looked at in any case.
    return {};
  }
};

type Look = { now: Note; damage: string[] };

const lookAt = async (dir: DataDir): Promise<Look> => {
  const note = readNote(dir);
  const found = existsSync(dir.store) ? readdirSync(dir.store, { recursive: true, encoding: 'utf8' }) : [];
  const look: Look = { now: {}, damage: [] };
  for (const file of new Set([...Object.keys(note), ...found.filter((each) => ADDED_TO.test(each))])) {
    const known = note[file];
    const bytes = await readFile(join(dir.store, file)).catch(() => undefined);
    if (!bytes) {
      look.damage.push(`${file} is gone or cannot be read`);
      continue;
    }
    const hash = createHash('sha256').update(bytes.subarray(0, known?.bytes ?? 0));
    if (known && bytes.length < known.bytes) {
      look.damage.push(`${file} has ${bytes.length} bytes, but had ${known.bytes}`);
    } else if (known && hash.copy().digest('hex') !== known.sha256) {
      look.damage.push(`${file} is not what it was in its first ${known.bytes} bytes`);
    }
    const sha256 = hash.update(bytes.subarray(known?.bytes ?? 0)).digest('hex');
    look.now[file] = { bytes: bytes.length, sha256 };
  }
  return look;
};

/**
 * Looks at the ledgers before the broker opens them, since it cuts a damaged file off where it cannot read on, and
 * what follows is lost. What was added since the last stop in order is not looked at: a start that was killed may have
 * written half a record, which the broker rightly drops.
 * @throws StartError when a ledger no longer begins with what the last stop left.
 */
export const checkBlocks = async (dir: DataDir): Promise<void> => {
  const { damage } = await lookAt(dir);
  if (damage.length === 0) return;
  throw new StartError(
    `The broker's store in ${dir.store} is damaged:\n${damage.map((line) => `  ${line}`).join('\n')}\nIt was not opened, and nothing in it was changed: the broker would cut the file off where the damage begins. Keep a copy of the folder, then restore it from a backup, or begin again with --fresh.`,
  );
};

/** Notes what the ledgers are when the broker has stopped. Damage that came meanwhile stays known as damage. */
export const noteBlocks = async (dir: DataDir): Promise<void> => {
  const { now, damage } = await lookAt(dir);
  if (damage.length === 0) writeWhole(dir.file(BLOCKS_FILE), now);
};

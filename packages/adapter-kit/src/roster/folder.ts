import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROSTER_BYTES_MAX, ROSTER_FILES_MAX } from './limits.ts';
import { mergeReadings, type RosterReading, readRoster } from './read.ts';

/** True for a file that holds roster rows; temporary, hidden and backup files are not. */
export const isRosterFile = (path: string): boolean => /^[^.~#].*\.csv$/i.test(basename(path));

const failed = (file: string, because: string, remedy: string): RosterReading => ({
  rows: [],
  problems: [{ file, because, remedy }],
  problemsTotal: 1,
  kept: new Set(),
  complete: false,
  digest: `unread:${file}:${because}`,
});

const readOne = async (force: string, folder: string, name: string): Promise<RosterReading> => {
  const file = `${force}/${name}`;
  try {
    const { size } = await stat(join(folder, name));
    if (size > ROSTER_BYTES_MAX) {
      const because = `the file has ${size} bytes, more than ${ROSTER_BYTES_MAX}`;
      return failed(file, because, 'split it into several files in the same folder');
    }
    return readRoster(force, file, await readFile(join(folder, name)));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed(file, `cannot be read (${String(error.code)})`, 'give the adapter the right to read it');
  }
};

/** Reads every roster file of a force's folder, in the order of their names. */
export const readRosterFolder = async (force: string, folder: string): Promise<RosterReading> => {
  let names: string[];
  try {
    names = (await readdir(folder)).filter(isRosterFile).sort();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const because = `the roster folder cannot be read (${String(error.code)})`;
    return failed(`${force}/`, because, 'make the folder, or correct its path in the configuration');
  }
  if (names.length === 0) return failed(`${force}/`, 'the folder holds no .csv file', 'put the roster there');
  if (names.length > ROSTER_FILES_MAX) {
    const because = `the folder holds ${names.length} .csv files, more than ${ROSTER_FILES_MAX}`;
    return failed(`${force}/`, because, 'join them, or move old ones elsewhere');
  }
  return mergeReadings(await Promise.all(names.map((name) => readOne(force, folder, name))));
};

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODES, type Mode } from '@muster/contracts';
import { z } from 'zod';
import { makeFolder } from '../../../bootstrap/files.mjs';
import { because, StartError } from '../errors.ts';
import { isPortTaken } from './health.ts';
import { endLeftover, isOurs } from './liveness.ts';

/** The file by which a start knows a folder for its own. Without it nothing is written or deleted there. */
const MARKER = '.muster-data';
const MARKER_TEXT =
  'A data folder of Muster. npm start -- --fresh deletes store, keys, logs, rosters and pictures in it.\n';

const ofMode = (name: string, extension: string, mode: Mode): string =>
  mode === 'actual' ? `${name}.${extension}` : `${name}-${mode}.${extension}`;

/** File to which every stored command of a mode is added. */
export const acknowledgedFile = (mode: Mode): string => ofMode('acknowledged', 'ndjson', mode);

/** Configuration of the force adapter of a mode. */
export const adaptersFile = (mode: Mode): string => ofMode('adapters', 'yaml', mode);

/** What the files of the ledgers were at the last stop in order. */
export const BLOCKS_FILE = 'blocks.json';

/** What a start leaves in the data folder for the command line and for the next start. */
const meshFile = z.object({
  url: z.url(),
  keysDir: z.string(),
  /** The broker ran already, and goes on when the start ends. */
  isGiven: z.boolean().default(false),
  /** Process id of the start that runs, or of the last one. */
  supervisor: z.int(),
  /** Processes that it started, with the text by which they can be known again. */
  children: z.array(z.object({ name: z.string(), pid: z.int(), mark: z.string() })),
  /** Streams with the last sequence seen at the last stop; a start that finds less refuses to go on. */
  streams: z.record(z.string(), z.int()).default({}),
});
export type MeshFile = z.infer<typeof meshFile>;

export type DataDir = {
  root: string;
  store: string;
  keys: string;
  logs: string;
  rosters: string;
  /** Printable pictures for when all is down. */
  pictures: string;
  file(name: string): string;
};

const layout = (root: string): DataDir => ({
  root,
  store: join(root, 'store'),
  keys: join(root, 'keys'),
  logs: join(root, 'logs'),
  rosters: join(root, 'rosters'),
  pictures: join(root, 'pictures'),
  file: (name) => join(root, name),
});

const unwritable = (root: string, error: unknown): StartError =>
  new StartError(
    `The data folder ${root} cannot be written (${because(error)}). Give the folder to this user, or name another with --data DIR.`,
  );

const entriesOf = (root: string): string[] => {
  try {
    return existsSync(root) ? readdirSync(root) : [];
  } catch (error) {
    throw unwritable(root, error);
  }
};

const refuseForeign = (dir: DataDir): void => {
  const entries = entriesOf(dir.root);
  if (entries.length === 0 || entries.includes(MARKER)) return;
  throw new StartError(
    `The folder ${dir.root} is not empty and was not made by a start (it has no ${MARKER}). Nothing in it was touched. Name a new or an empty folder with --data DIR.`,
  );
};

/**
 * Makes the data folder ready: refuses one that holds other things or on which a mesh already runs, and ends
 * what a start that was killed left behind.
 * @throws StartError when the folder is not ours, is in use or cannot be written.
 */
export const openDataDir = async (
  root: string,
  fresh: boolean,
  say: (line: string) => void,
): Promise<DataDir> => {
  const dir = layout(root);
  refuseForeign(dir);
  await takeOver(dir, fresh, say);
  try {
    if (fresh) forget(dir);
    makeFolder(root);
    // Before anything else: a start that is killed right here must know its folder again.
    writeFileSync(dir.file(MARKER), MARKER_TEXT);
    for (const path of [dir.store, dir.logs, dir.rosters]) mkdirSync(path, { recursive: true });
  } catch (error) {
    throw unwritable(root, error);
  }
  return dir;
};

const takeOver = async (dir: DataDir, fresh: boolean, say: (line: string) => void): Promise<void> => {
  const previous = readMeshFile(dir.root, fresh);
  if (!previous) return;
  if (previous.supervisor !== process.pid && isOurs(previous.supervisor, 'start.ts')) {
    throw new StartError(
      `A mesh already runs on ${dir.root} (process ${previous.supervisor}). Stop it with Ctrl-C, or use another folder with --data DIR.`,
    );
  }
  for (const child of previous.children) {
    if (!isOurs(child.pid, child.mark)) continue;
    say(`ending ${child.name} (process ${child.pid}), left behind by a start that was killed`);
    await endLeftover(child.pid, child.mark);
  }
  await refuseUnderBroker(dir, previous);
};

/** A store must not be taken away under a broker that this start cannot tell for its own. */
const refuseUnderBroker = async (dir: DataDir, previous: MeshFile): Promise<void> => {
  const port = Number(new URL(previous.url).port);
  if (previous.isGiven || previous.children.length === 0 || !(await isPortTaken(port))) return;
  throw new StartError(
    `The last start on ${dir.root} did not stop in order, and something still listens on ${previous.url}, where its broker was. Stop that, or use another folder with --data DIR.`,
  );
};

/** Files that a start writes beside its folders; those of an exercise carry its mode in their name. */
const OWN_FILES = [
  'mesh.json',
  'plays.json',
  BLOCKS_FILE,
  'server.conf',
  ...MODES.flatMap((mode) => [acknowledgedFile(mode), adaptersFile(mode)]),
];

/** Only what a start itself writes is forgotten; what a person keeps beside it stays. */
const forget = (dir: DataDir): void => {
  for (const path of [dir.store, dir.keys, dir.logs, dir.rosters, dir.pictures])
    rmSync(path, { recursive: true, force: true });
  for (const name of OWN_FILES) rmSync(dir.file(name), { force: true });
};

const parseMeshFile = (path: string) => {
  try {
    return meshFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { success: false } as const;
  }
};

/**
 * What the last start left, or undefined in a new folder.
 * @throws StartError when the file is damaged, unless it is about to be forgotten.
 */
export const readMeshFile = (root: string, forgetting = false): MeshFile | undefined => {
  const path = join(root, 'mesh.json');
  if (!existsSync(path)) return undefined;
  const parsed = parseMeshFile(path);
  if (parsed.success) return parsed.data;
  if (forgetting) return undefined;
  throw new StartError(`${path} is not what a start writes. Move it away, or begin again with --fresh.`);
};

/** Writes a file as a whole: whoever reads it, or starts after a kill, sees the old or the new, never a half. */
export const writeWhole = (path: string, value: unknown): void => {
  const half = `${path}.new`;
  writeFileSync(half, `${JSON.stringify(value, undefined, 2)}\n`);
  renameSync(half, path);
};

export const writeMeshFile = (dir: DataDir, mesh: MeshFile): void => writeWhole(dir.file('mesh.json'), mesh);

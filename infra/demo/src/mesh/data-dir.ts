import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { because, StartError } from '../errors.ts';
import { endLeftover, isOurs } from './children.ts';

/** What a start leaves in the data folder for the command line and for the next start. */
const meshFile = z.object({
  url: z.string(),
  keysDir: z.string(),
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
  file(name: string): string;
};

const layout = (root: string): DataDir => ({
  root,
  store: join(root, 'store'),
  keys: join(root, 'keys'),
  logs: join(root, 'logs'),
  rosters: join(root, 'rosters'),
  file: (name) => join(root, name),
});

/**
 * Makes the data folder ready: refuses one on which a mesh already runs, and ends what a start that was
 * killed left behind.
 * @throws StartError when the folder is in use or cannot be written.
 */
export const openDataDir = async (
  root: string,
  fresh: boolean,
  say: (line: string) => void,
): Promise<DataDir> => {
  const dir = layout(root);
  if (!fresh || existsSync(dir.file('mesh.json'))) await takeOver(dir, fresh, say);
  try {
    if (fresh) forget(dir);
    for (const path of [root, dir.store, dir.logs, dir.rosters]) mkdirSync(path, { recursive: true });
    writeFileSync(dir.file('.writable'), '');
    rmSync(dir.file('.writable'));
  } catch (error) {
    throw new StartError(
      `The data folder ${root} cannot be written (${because(error)}). Give the folder to this user, or name another with --data DIR.`,
    );
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
};

/** Only what a start itself writes is forgotten, so that a mistyped folder loses nothing else. */
const forget = (dir: DataDir): void => {
  for (const path of [dir.store, dir.keys, dir.logs, dir.rosters])
    rmSync(path, { recursive: true, force: true });
  for (const name of ['mesh.json', 'plays.json', 'acknowledged.ndjson', 'adapters.yaml', 'server.conf']) {
    rmSync(dir.file(name), { force: true });
  }
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

export const writeMeshFile = (dir: DataDir, mesh: MeshFile): void =>
  writeFileSync(dir.file('mesh.json'), `${JSON.stringify(mesh, undefined, 2)}\n`);

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isOrg, MODES, type Mode, ORGS } from '@muster/contracts';
import { z } from 'zod';
import { CliError, EXIT, usage } from '../errors.ts';
import type { Io } from '../io.ts';

/** Options that every command has. */
export type Globals = {
  as?: string;
  mode?: string;
  keys?: string;
  url?: string;
  data?: string;
  desk?: string;
  timeout?: string;
  json?: boolean;
};

/** Where the mesh is and with whose keys it is reached. */
export type Place = { url: string; keysDir: string };

export const DATA_DIR_DEFAULT = '.muster/data';

/** What `npm start` leaves for the command line; other fields are its own. */
const meshFile = z.object({ url: z.string(), keysDir: z.string() });

export const dataDirOf = (globals: Globals, env: Io['env']): string =>
  globals.data ?? env.MUSTER_DATA ?? DATA_DIR_DEFAULT;

const readMeshFile = (path: string): Place | undefined => {
  if (!existsSync(path)) return undefined;
  try {
    return meshFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new CliError(
      {
        exit: EXIT.unreachable,
        code: 'bad-mesh-file',
        because: `${path} does not say where the mesh is`,
        remedy: 'Start the mesh again with npm start, or give --url and --keys.',
      },
      { cause: error },
    );
  }
};

/** The mesh that a start keeps on the data folder, if its keys are in this folder. */
export const meshOn = (globals: Globals, env: Io['env'], keysDir: string): Place | undefined => {
  const found = readMeshFile(join(dataDirOf(globals, env), 'mesh.json'));
  return found && resolve(found.keysDir) === resolve(keysDir) ? found : undefined;
};

/**
 * Where the mesh is: flags first, then the environment, then what a running `npm start` left.
 * @throws CliError when none of them says.
 */
export const placeOf = (globals: Globals, env: Io['env']): Place => {
  const url = globals.url ?? env.NATS_URL;
  const keysDir = globals.keys ?? env.MUSTER_KEYS_DIR;
  if (url !== undefined && keysDir !== undefined) return { url, keysDir };
  const path = join(dataDirOf(globals, env), 'mesh.json');
  const found = readMeshFile(path);
  const known = { url: url ?? found?.url, keysDir: keysDir ?? found?.keysDir };
  if (known.url !== undefined && known.keysDir !== undefined) {
    return { url: known.url, keysDir: known.keysDir };
  }
  throw new CliError({
    exit: EXIT.unreachable,
    code: 'no-mesh',
    because: `No mesh is known here: there is no ${path}`,
    remedy: 'Start one with npm start, or give --url and --keys (or NATS_URL and MUSTER_KEYS_DIR).',
  });
};

const isMode = (text: string): text is Mode => MODES.some((mode) => mode === text);

export const modeOf = (globals: Globals, env: Io['env']): Mode => {
  const written = globals.mode ?? env.MUSTER_MODE ?? 'actual';
  if (isMode(written)) return written;
  throw usage(`"${written}" is no mode; use ${MODES.join(' or ')}`);
};

/** The organisation for which the command acts. */
export const orgOf = (globals: Globals, env: Io['env']): string => {
  const org = globals.as ?? env.MUSTER_AS;
  if (org === undefined) {
    throw usage('Say for whom you act: --as kent, or set MUSTER_AS');
  }
  if (isOrg(org)) return org;
  const near = ORGS.filter((each) => each.startsWith(org.slice(0, 3)));
  const meant = near.length > 0 && near.length < 6 ? `; did you mean ${near.join(' or ')}?` : '';
  throw usage(`"${org}" is not an organisation on the mesh${meant}`);
};

/** Longest that a command may wait for its answer, in seconds. */
const TIMEOUT_SECONDS_MAX = 300;
const TIMEOUT_SECONDS_DEFAULT = 20;

/** Milliseconds that a command may take in all, retries included. */
export const timeoutMsOf = (globals: Globals): number => {
  const seconds = Number(globals.timeout ?? TIMEOUT_SECONDS_DEFAULT);
  if (seconds > 0 && seconds <= TIMEOUT_SECONDS_MAX) return seconds * 1_000;
  throw usage(`--timeout takes seconds, more than 0 and at most ${TIMEOUT_SECONDS_MAX}`);
};

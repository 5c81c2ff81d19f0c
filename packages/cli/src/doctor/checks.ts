import { CLOCK_SKEW_MS_MAX, type Mode } from '@muster/contracts';
import { listDead, type Mesh, planStreams } from '@muster/mesh';
import { definitionsFor } from '../commands/streams.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { ADMIN_USER } from '../session/admin.ts';
import { connectAs } from '../session/connect.ts';
import type { Session } from '../session/session.ts';
import type { Place } from '../session/settings.ts';

/** One thing looked at: how it stands, what was found, and what to do where it is not well. */
export type Check = {
  check: string;
  state: 'ok' | 'warning' | 'fault' | 'not looked at';
  found: string;
  remedy?: string | undefined;
};

/** Oldest Node.js that runs the sources directly. */
export const NODE_MAJOR_MIN = 24;
/** Oldest broker whose batches, schedules and message lives we rely on. */
const SERVER_MIN = [2, 14] as const;
/** A clock that differs by more is worth a warning, in milliseconds; the mesh refuses beyond its own limit. */
const SKEW_WARNING_MS = 2_000;

export const checkNode = (version: string): Check => {
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  return major >= NODE_MAJOR_MIN
    ? { check: 'Node.js', state: 'ok', found: version }
    : {
        check: 'Node.js',
        state: 'fault',
        found: `${version}, needed is ${NODE_MAJOR_MIN} or newer`,
        remedy: 'Run muster through npm run muster --, which brings its own.',
      };
};

export const checkServer = (version: string | undefined): Check => {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const [needMajor, needMinor] = SERVER_MIN;
  return major > needMajor || (major === needMajor && minor >= needMinor)
    ? { check: 'broker version', state: 'ok', found: version ?? '' }
    : {
        check: 'broker version',
        state: 'fault',
        found: `${version ?? 'unknown'}, needed is ${SERVER_MIN.join('.')} or newer`,
        remedy: 'Install a newer nats-server; npm start brings one.',
      };
};

const faultOf = (check: string, error: unknown): Check => {
  const fault = error instanceof CliError ? error.fault : undefined;
  const found = error instanceof Error ? error.message : String(error);
  return { check, state: 'fault', found, remedy: fault?.remedy };
};

/** A check that can only fail by throwing. */
const tried = async (check: string, look: () => Promise<Omit<Check, 'check'>>): Promise<Check> => {
  try {
    return { check, ...(await look()) };
  } catch (error) {
    return faultOf(check, error);
  }
};

/** How long one service may take to answer the doctor, in milliseconds. */
const ANSWER_MS = 5_000;

const startServices = 'Start the services: npm start, or node services/<name>/src/main.ts.';

export const checkRegistry = (session: Session): Promise<Check> =>
  tried('capability-registry', async () => {
    const { items } = await session.ask('capability-search', { limit: 1 }, ANSWER_MS);
    return items.length > 0
      ? { state: 'ok', found: 'answers' }
      : { state: 'warning', found: 'answers, but knows no capability', remedy: 'Start the force adapters.' };
  }).then((check) => (check.state === 'fault' ? { ...check, remedy: startServices } : check));

export const checkBroker = (session: Session): Promise<Check> =>
  tried('request-broker', async () => {
    await session.ask('request-list', { limit: 1 }, ANSWER_MS);
    return { state: 'ok', found: 'answers' };
  }).then((check) => (check.state === 'fault' ? { ...check, remedy: startServices } : check));

/** A query about cover without a time starts at the registry's own now: its clock, halfway through the call. */
export const checkClock = (session: Session): Promise<Check> =>
  tried('clock', async () => {
    const before = session.io.now();
    const { from } = await session.ask('cover', { code: 'AI.UAS' }, ANSWER_MS);
    const after = session.io.now();
    const aheadMs = Math.round((before + after) / 2 - Date.parse(from));
    const found = `${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} the mesh`;
    if (Math.abs(aheadMs) <= SKEW_WARNING_MS) return { state: 'ok', found };
    const remedy = 'Synchronise the clocks of this machine and of the hub (NTP).';
    return { state: Math.abs(aheadMs) > CLOCK_SKEW_MS_MAX ? 'fault' : 'warning', found, remedy };
  });

/** Three copies on a cluster, where the streams that there are have them; else one. */
const replicasOf = async (mesh: Mesh): Promise<1 | 3> => {
  for await (const { config } of mesh.jsm.streams.list()) {
    if (config.num_replicas > 1) return 3;
  }
  return 1;
};

const lookAtStreams = async (mesh: Mesh, mode: Mode): Promise<Omit<Check, 'check'>> => {
  const plan = await planStreams(mesh, definitionsFor([mode], await replicasOf(mesh)));
  const count = plan.steps.length + plan.held.length;
  return count === 0
    ? { state: 'ok', found: 'as they should be' }
    : { state: 'fault', found: `${count} differ`, remedy: 'muster streams plan shows them.' };
};

/** Dead letters older than this are known by now, in milliseconds. */
const DEAD_MS = 86_400_000;

const lookAtDead = async (io: Io, mesh: Mesh, mode: Mode): Promise<Omit<Check, 'check'>> => {
  const since = io.now() - DEAD_MS;
  const recent = (await listDead(mesh, { mode })).filter(({ storedAt }) => Date.parse(storedAt) > since);
  return recent.length === 0
    ? { state: 'ok', found: 'none in the last day' }
    : { state: 'warning', found: `${recent.length} in the last day`, remedy: 'muster dead list shows them.' };
};

/** Only the administrator may look at streams and dead letters; without that key they are left out. */
export const checkAsAdmin = async (io: Io, place: Place, mode: Mode): Promise<Check[]> => {
  let mesh: Mesh;
  try {
    mesh = await connectAs(io, place, ADMIN_USER);
  } catch (error) {
    const checks = ['streams', 'dead letters'];
    if (error instanceof CliError && error.fault.code === 'no-credentials') {
      const found = `needs the key of ${ADMIN_USER}`;
      return checks.map((check) => ({ check, state: 'not looked at', found }));
    }
    return checks.map((check) => faultOf(check, error));
  }
  try {
    return [
      await tried('streams', () => lookAtStreams(mesh, mode)),
      await tried('dead letters', () => lookAtDead(io, mesh, mode)),
    ];
  } finally {
    await mesh.close();
  }
};

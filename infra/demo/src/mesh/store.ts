import { setTimeout as pause } from 'node:timers/promises';
import type { Mode } from '@muster/contracts';
import { FORCES } from '@muster/contracts';
import {
  applyPlan,
  connect,
  durableDefinitions,
  type Mesh,
  planStreams,
  readSeed,
  streamDefinitions,
  systemClock,
} from '@muster/mesh';
import { pino } from 'pino';
import { StartError } from '../errors.ts';

/** Streams from which nothing is ever deleted: a hole in one is damage. */
const WHOLE = /^(ASSISTANCE|HOME)_/;

export const connectAs = (keysDir: string, user: string, url: string): Promise<Mesh> =>
  connect({
    servers: url,
    seed: readSeed(keysDir, user),
    name: `start ${user}`,
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });

/** How long the broker may take to know new keys, in milliseconds. */
const TAKEN_MS_MAX = 10_000;
/** Time between two tries with a new key, in milliseconds. */
const TRY_EVERY_MS = 100;

/**
 * Connects as one of the users whose keys were replaced, as soon as the broker knows the new ones.
 * @throws ConnectError when it does not in time.
 */
export const connectWhenTaken = async (
  keysDir: string,
  users: readonly string[],
  url: string,
): Promise<Mesh> => {
  const [user = ''] = users;
  const deadline = Date.now() + TAKEN_MS_MAX;
  for (;;) {
    try {
      return await connectAs(keysDir, user, url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(TRY_EVERY_MS);
    }
  }
};

type StreamState = { name: string; messages: number; firstSeq: number; lastSeq: number };

const states = async (admin: Mesh): Promise<StreamState[]> => {
  const found: StreamState[] = [];
  for await (const { config, state } of admin.jsm.streams.list()) {
    found.push({
      name: config.name,
      messages: state.messages,
      firstSeq: state.first_seq,
      lastSeq: state.last_seq,
    });
  }
  return found;
};

/** Last sequence of every stream. */
export const lastSequences = async (admin: Mesh): Promise<Record<string, number>> =>
  Object.fromEntries((await states(admin)).map((stream) => [stream.name, stream.lastSeq]));

/** Streams of an exercise begin anew whenever somebody resets it. */
const MAY_BEGIN_ANEW = /_EXERCISE$/;

/** What is wrong with the streams that were found, after what was known of them. */
export const damageOf = (known: Record<string, number>, found: readonly StreamState[]): string[] => [
  ...Object.entries(known).flatMap(([name, lastSeq]) => {
    if (MAY_BEGIN_ANEW.test(name)) return [];
    const stream = found.find((each) => each.name === name);
    if (!stream) return [`${name} is gone`];
    return stream.lastSeq < lastSeq ? [`${name} ends at ${stream.lastSeq}, but had reached ${lastSeq}`] : [];
  }),
  ...found
    .filter((stream) => WHOLE.test(stream.name))
    .filter((stream) => stream.messages !== stream.lastSeq)
    .map((stream) => `${stream.name} has ${stream.messages} of ${stream.lastSeq} records`),
];

/** Records looked at in each whole stream, spread evenly; a damaged block shows as one that cannot be read. */
const RECORDS_LOOKED_AT = 64;

/** Sequences to look at: the first, the last and some between. */
const samplesOf = ({ firstSeq, lastSeq }: StreamState): number[] => {
  const steps = Math.min(RECORDS_LOOKED_AT, lastSeq - firstSeq);
  const at = (n: number): number => firstSeq + Math.round((n * (lastSeq - firstSeq)) / Math.max(1, steps));
  return [...new Set(Array.from({ length: steps + 1 }, (_, n) => at(n)))];
};

const unreadable = async (admin: Mesh, stream: StreamState): Promise<string[]> => {
  const missing: number[] = [];
  for (const seq of samplesOf(stream)) {
    const found = await admin.jsm.streams.getMessage(stream.name, { seq }).catch(() => null);
    if (found === null) missing.push(seq);
  }
  if (missing.length === 0) return [];
  return [`${stream.name} cannot be read at ${missing.length} places, first at record ${missing[0]}`];
};

/**
 * Compares the store with what the last start left, before anything is created anew.
 * @throws StartError when a stream is missing, shorter than it was, has holes or cannot be read.
 */
export const checkStore = async (
  admin: Mesh,
  known: Record<string, number>,
  storeDir: string,
): Promise<void> => {
  const found = await states(admin);
  const damage = damageOf(known, found);
  for (const stream of found) {
    if (WHOLE.test(stream.name) && stream.messages > 0) damage.push(...(await unreadable(admin, stream)));
  }
  if (damage.length === 0) return;
  throw new StartError(
    `The broker's store in ${storeDir} is damaged:\n${damage.map((line) => `  ${line}`).join('\n')}\nNothing was written; but the broker itself cuts a damaged file off where it cannot read on. Restore the folder from a backup, or begin again with --fresh.`,
  );
};

/** Creates the streams and durables that are missing, in both modes. */
export const prepareStreams = async (admin: Mesh, modes: readonly Mode[]): Promise<void> => {
  const plan = await planStreams(admin, {
    streams: streamDefinitions({ modes, replicas: 1 }),
    durables: durableDefinitions({ modes, forces: FORCES.map((force) => force.id) }),
  });
  await applyPlan(admin, plan);
};

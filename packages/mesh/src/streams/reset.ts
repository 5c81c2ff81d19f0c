import { STREAM_KINDS, streamName } from '@muster/contracts';
import { JetStreamApiError } from '@nats-io/jetstream';
import type { Mesh } from '../connect/connect.ts';
import { EPOCH_KEY } from '../project/stream.ts';
import { streamDefinitions } from './definitions.ts';
import { durableDefinitions } from './durables.ts';
import { applyPlan, planStreams } from './plan.ts';

/** The server's code for a stream that does not exist. */
const STREAM_NOT_FOUND = 10059;

const EXERCISE_STREAMS = STREAM_KINDS.map((kind) => streamName(kind, 'exercise'));

type Before = { epoch: string | undefined; replicas: number };

const readBefore = async (mesh: Pick<Mesh, 'jsm'>): Promise<Before> => {
  for await (const { config } of mesh.jsm.streams.list()) {
    if (!EXERCISE_STREAMS.includes(config.name)) continue;
    return { epoch: config.metadata?.[EPOCH_KEY], replicas: config.num_replicas };
  }
  return { epoch: undefined, replicas: 1 };
};

/** What the exercise mode holds at a moment. */
export type ExerciseState = {
  /** Undefined before the first reset. */
  epoch: string | undefined;
  /** Streams with their messages, and when the last of them was stored. */
  streams: { name: string; messages: number; lastAt: string | undefined }[];
};

/** Looks at the streams of the exercise mode. */
export const exerciseState = async (mesh: Pick<Mesh, 'jsm'>): Promise<ExerciseState> => {
  const streams: ExerciseState['streams'] = [];
  let epoch: string | undefined;
  for await (const { config, state } of mesh.jsm.streams.list()) {
    if (!EXERCISE_STREAMS.includes(config.name)) continue;
    epoch ??= config.metadata?.[EPOCH_KEY];
    const lastAt = state.messages > 0 ? new Date(state.last_ts).toISOString() : undefined;
    streams.push({ name: config.name, messages: state.messages, lastAt });
  }
  return { epoch, streams: streams.sort((a, b) => (a.name < b.name ? -1 : 1)) };
};

const remove = async (mesh: Pick<Mesh, 'jsm'>, stream: string): Promise<void> => {
  try {
    await mesh.jsm.streams.delete(stream);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== STREAM_NOT_FOUND) throw error;
  }
};

/**
 * Deletes everything of the exercise mode and starts it anew under a new epoch; projections that run forget
 * what they knew. The actual mode is not touched. May be run again after a failure half-way.
 * @param options.forces whose adapters get a durable; default all.
 */
export const resetExercise = async (
  mesh: Pick<Mesh, 'jsm' | 'clock'>,
  options: { forces?: readonly string[] } = {},
): Promise<{ epoch: string }> => {
  const before = await readBefore(mesh);
  const epoch = new Date(mesh.clock.now()).toISOString();
  if (epoch === before.epoch) throw new Error(`the exercise was reset at ${epoch} already: wait a moment`);
  for (const stream of EXERCISE_STREAMS) await remove(mesh, stream);
  const streams = streamDefinitions({
    modes: ['exercise'],
    replicas: before.replicas === 3 ? 3 : 1,
    epoch: { exercise: epoch },
  }).filter(({ name }) => EXERCISE_STREAMS.includes(name));
  const durables = durableDefinitions({
    modes: ['exercise'],
    ...(options.forces ? { forces: options.forces } : {}),
  });
  const applied = await applyPlan(mesh, await planStreams(mesh, { streams, durables }));
  const [failed] = applied.failed;
  if (failed)
    throw new Error(`the exercise could not be set up again (${failed.step.do}): ${failed.because}`);
  return { epoch };
};

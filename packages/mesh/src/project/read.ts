import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConsumerMessages, ConsumerNotification } from '@nats-io/jetstream';
import type { Link } from '../wire/link.ts';
import { advance, type Cursor, isSparse, take } from './cursor.ts';
import type { Look } from './look.ts';

/** Messages asked for at a time. */
const PULL_MESSAGES = 1_000;
/** Life of one pull, in milliseconds. */
const PULL_EXPIRES_MS = 30_000;
/** Silence of the server is noticed after twice this time, in milliseconds. */
const HEARTBEAT_MS = 2_000;
/** Longest time for which messages are applied without letting anything else run, in milliseconds. */
const SLICE_MS = 10;
/** Messages between two looks at the time. */
const SLICE_MESSAGES = 32;

/** The code that uses the projection has failed; reading again would not help. */
export class ApplyError extends Error {}

/** After these the consumer may be gone, or the stream another one: look again, and read on from our own position. */
const ENDS_SESSION: ReadonlySet<ConsumerNotification['type']> = new Set([
  'heartbeats_missed',
  'consumer_not_found',
  'stream_not_found',
  'consumer_deleted',
  'ordered_consumer_recreated',
  'exceeded_limits',
  'reset',
  'no_responders',
]);

const watch = async (cursor: Cursor, messages: ConsumerMessages): Promise<void> => {
  for await (const { type } of messages.status()) {
    if (!ENDS_SESSION.has(type)) continue;
    cursor.log.debug({ type }, 'reading is taken up again');
    await messages.close();
  }
};

const takeOrFail = (cursor: Cursor, msg: Parameters<typeof take>[1]): boolean => {
  try {
    return take(cursor, msg);
  } catch (error) {
    throw new ApplyError(`could not apply sequence ${msg.seq} of ${cursor.options.stream}`, { cause: error });
  }
};

const readAll = async (cursor: Cursor, look: Look, messages: ConsumerMessages): Promise<void> => {
  let sliceStart = performance.now();
  let inSlice = 0;
  for await (const msg of messages) {
    if (cursor.stopping.signal.aborted || !takeOrFail(cursor, msg)) return;
    if (cursor.unread === 0) void look.probe();
    inSlice += 1;
    if (inSlice < SLICE_MESSAGES) continue;
    inSlice = 0;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await nextTurn();
    sliceStart = performance.now();
  }
};

/**
 * One session: from a look at the stream until the consumer is lost, a gap is met or the projection is
 * stopped. @throws ApplyError when an event could not be applied; else what the client throws.
 */
export const readSession = async (mesh: Pick<Link, 'js'>, cursor: Cursor, look: Look): Promise<void> => {
  const { stream, filter } = cursor.options;
  if (!(await look.isSafe())) return;
  cursor.caughtUpAt ??= cursor.facts?.lastSeq ?? 0;
  advance(cursor, 0);
  const consumer = await mesh.js.consumers.get(stream, {
    opt_start_seq: cursor.position + 1,
    // One string, not a list: with a list the server's permissions could not see the filter.
    ...(filter === undefined ? {} : { filter_subjects: filter }),
  });
  cursor.unread = (await consumer.info(true)).num_pending;
  if (cursor.stopping.signal.aborted) return;
  const messages = await consumer.consume({
    max_messages: PULL_MESSAGES,
    expires: PULL_EXPIRES_MS,
    idle_heartbeat: HEARTBEAT_MS,
  });
  cursor.messages = messages;
  void watch(cursor, messages);
  if (cursor.unread === 0 && isSparse(cursor)) void look.probe();
  try {
    await readAll(cursor, look, messages);
  } finally {
    cursor.messages = undefined;
    await messages.close();
    consumer.delete().catch((error: unknown) => cursor.log.debug({ err: error }, 'left a consumer behind'));
  }
};

import { setTimeout as delay } from 'node:timers/promises';
import type { Link } from '../wire/link.ts';
import { type Cursor, createCursor, isSparse } from './cursor.ts';
import { createLook, type Look } from './look.ts';
import { ApplyError, readSession } from './read.ts';
import type { Projection, ProjectOptions } from './types.ts';

/** How often the stream itself is looked at: its epoch, its end, and whether we stand still; milliseconds. */
const CHECK_MS = 5_000;
/** How often we ask on behalf of those who wait whether anything is left to read, in milliseconds. */
const PROBE_MS = 250;
/** Waits before reading is taken up again, in milliseconds: the first, and the longest. */
const AGAIN_AFTER_MS = 50;
const AGAIN_AFTER_MS_MAX = 5_000;

const readOn = async (mesh: Pick<Link, 'js'>, cursor: Cursor, look: Look): Promise<void> => {
  const { signal } = cursor.stopping;
  let waitMs = AGAIN_AFTER_MS;
  while (!signal.aborted) {
    const before = cursor.position;
    try {
      await readSession(mesh, cursor, look);
    } catch (error) {
      if (error instanceof ApplyError) throw error;
      cursor.log.debug({ err: error }, 'reading failed and is tried again');
    }
    waitMs = cursor.position === before ? Math.min(waitMs * 2, AGAIN_AFTER_MS_MAX) : AGAIN_AFTER_MS;
    await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
};

/** Ends the session when the stream is another one, went back, or has more for us than we get. */
const createCheck = (cursor: Cursor, look: Look): (() => Promise<void>) => {
  let positionBefore = -1;
  return async () => {
    const { messages } = cursor;
    if (!messages) return;
    try {
      const safe = await look.isSafe();
      const isMore =
        cursor.unread > 0 || (!isSparse(cursor) && (cursor.facts?.lastSeq ?? 0) > cursor.position);
      if (!safe || (isMore && cursor.position === positionBefore)) await messages.close();
      positionBefore = cursor.position;
    } catch (error) {
      cursor.log.debug({ err: error }, 'could not look at the stream');
    }
  };
};

/**
 * Reads a stream in order into memory and goes on for as long as it is not stopped: over lost connections,
 * restarts and changes of leader without a gap or a repeat, and from the start under a new epoch.
 */
export const project = (mesh: Pick<Link, 'js' | 'jsm' | 'log'>, options: ProjectOptions): Projection => {
  const cursor = createCursor(options, mesh.log.child({ stream: options.stream, filter: options.filter }));
  const look = createLook(mesh, cursor);
  const check = createCheck(cursor, look);
  const checking = setInterval(() => void check(), CHECK_MS).unref();
  const probing = setInterval(() => void look.probe(), PROBE_MS).unref();
  // Whoever waits for it hears of a failure; nobody has to.
  cursor.caughtUp.promise.catch(() => undefined);

  const close = (error: Error | undefined): Error | undefined => {
    clearInterval(checking);
    clearInterval(probing);
    cursor.caughtUp.reject(error ?? new Error('the projection was stopped before it had caught up'));
    cursor.waiters.giveUp();
    return error;
  };
  const closed = readOn(mesh, cursor, look).then(
    () => close(undefined),
    (error: Error) => {
      cursor.log.fatal({ err: error }, 'the projection has failed');
      cursor.stopping.abort();
      return close(error);
    },
  );

  return {
    caughtUp: cursor.caughtUp.promise,
    closed,
    seq: () => cursor.position,
    lag: () =>
      isSparse(cursor)
        ? cursor.unread
        : Math.max(cursor.unread, (cursor.facts?.lastSeq ?? 0) - cursor.position),
    epoch: () => cursor.facts?.epoch ?? '',
    waitFor: (seq, timeoutMs) => {
      if (seq <= cursor.position) return Promise.resolve(true);
      if (cursor.stopping.signal.aborted) return Promise.resolve(false);
      const reached = cursor.waiters.wait(seq, timeoutMs);
      void look.probe();
      return reached;
    },
    stop: async () => {
      cursor.stopping.abort();
      await cursor.messages?.close();
      await closed;
    },
  };
};

import { setTimeout as pauseFor } from 'node:timers/promises';
import { CliError, EXIT } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Session } from './session.ts';

/** Questions in a row that may go unanswered before what follows the mesh gives up. */
const FAILURES_MAX = 30;
/** Pause after a question that was not answered, in milliseconds. */
const PAUSE_MS = 2_000;

const isOutOfReach = (error: unknown): error is CliError =>
  error instanceof CliError && error.fault.exit === EXIT.unreachable;

/** Does the work, which may race with the person's wish to stop; nothing is left to listen for it afterwards. */
const unlessStopped = async <T>(
  { interrupted }: Io,
  work: (stopped: Promise<undefined>) => Promise<T>,
): Promise<T> => {
  const over = new AbortController();
  const stopped = new Promise<undefined>((resolve) => {
    interrupted.addEventListener('abort', () => resolve(undefined), { once: true, signal: over.signal });
  });
  try {
    return await work(stopped);
  } finally {
    over.abort();
  }
};

/** Lets time go by, in milliseconds, or until the person stops it. */
export const pauseUntilStopped = async ({ io }: Pick<Session, 'io'>, ms: number): Promise<void> => {
  if (io.interrupted.aborted) return;
  await unlessStopped(io, (stopped) => Promise.race([pauseFor(ms), stopped]));
};

/** Asks until there is an answer; undefined when the person stopped it meanwhile. */
export const untilAnswered = <T>(
  { io }: Pick<Session, 'io'>,
  ask: () => Promise<T>,
): Promise<T | undefined> =>
  unlessStopped(io, async (stopped) => {
    for (let failures = 0; !io.interrupted.aborted; ) {
      try {
        return await Promise.race([ask(), stopped]);
      } catch (error) {
        failures += 1;
        if (!isOutOfReach(error) || failures >= FAILURES_MAX) throw error;
        if (failures === 1) io.err(`muster: ${error.fault.because}; trying again\n`);
        await Promise.race([pauseFor(PAUSE_MS), stopped]);
      }
    }
    return undefined;
  });

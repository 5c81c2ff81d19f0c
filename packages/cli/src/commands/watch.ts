import { setTimeout as pauseFor } from 'node:timers/promises';
import { type AskAnswer, LONG_WAIT_MS_MAX } from '@muster/contracts';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors.ts';
import type { Io } from '../io.ts';
import { eventLine } from '../output/events.ts';
import { findRequest } from '../session/find.ts';
import { openSession, type Session } from '../session/session.ts';
import { globalsOf, whole, withExamples } from './run.ts';

/** How long one question waits for news, in milliseconds. */
const WAIT_MS = Math.min(20_000, LONG_WAIT_MS_MAX);
/** Questions in a row that may go unanswered before the watch gives up. */
const FAILURES_MAX = 30;
/** Pause after a question that was not answered, in milliseconds. */
const PAUSE_MS = 2_000;
const PAGE_EVENTS = 500;

type Page = AskAnswer<'events'>;
type Position = { seq: number; epoch: string | undefined };
type Flags = { after?: number; request?: string; follow: boolean };

const isOutOfReach = (error: unknown): error is CliError =>
  error instanceof CliError && error.fault.exit === EXIT.unreachable;

/** Asks until there is an answer; undefined when the person stopped it meanwhile. */
const nextPage = async (
  session: Session,
  query: object & { afterSeq: number },
): Promise<Page | undefined> => {
  const { io } = session;
  const stopped = new Promise<undefined>((resolve) => {
    io.interrupted.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (let failures = 0; !io.interrupted.aborted; ) {
    try {
      return await Promise.race([session.ask('events', { ...query, limit: PAGE_EVENTS }), stopped]);
    } catch (error) {
      failures += 1;
      if (!isOutOfReach(error) || failures >= FAILURES_MAX) throw error;
      if (failures === 1) io.err(`muster: ${error.fault.because}; trying again\n`);
      await Promise.race([pauseFor(PAUSE_MS), stopped]);
    }
  }
  return undefined;
};

const isEnd = (page: Page, before: number): boolean => page.events.length === 0 && page.lastSeq <= before;

/** Where the ledger ends now, so that only what comes after is shown. */
const endOfLedger = async (session: Session): Promise<Position> => {
  let seq = 0;
  for (;;) {
    const page = await nextPage(session, { afterSeq: seq });
    if (page === undefined) return { seq, epoch: undefined };
    if (isEnd(page, seq)) return { seq, epoch: page.epoch };
    seq = page.lastSeq;
  }
};

const follow = async (
  session: Session,
  start: Position,
  flags: Flags,
  requestId: string | undefined,
  json: boolean,
) => {
  const { io } = session;
  let { seq, epoch } = start;
  while (!io.interrupted.aborted) {
    const page = await nextPage(session, {
      afterSeq: seq,
      ...(requestId === undefined ? {} : { requestId }),
      ...(flags.follow ? { waitMs: WAIT_MS } : {}),
    });
    if (page === undefined) break;
    if (epoch !== undefined && page.epoch !== epoch) {
      io.err('muster: the exercise began anew; showing it from its start\n');
      seq = 0;
      epoch = page.epoch;
      continue;
    }
    epoch = page.epoch;
    for (const event of page.events) io.out(`${json ? JSON.stringify(event) : eventLine(event)}\n`);
    if (!flags.follow && isEnd(page, seq)) break;
    seq = Math.max(seq, page.lastSeq);
  }
  io.err(`Go on from here with: muster watch --after ${seq} --as ${session.org}\n`);
};

const watch = async (io: Io, command: Command, flags: Flags): Promise<void> => {
  const globals = globalsOf(command);
  const session = await openSession(io, globals);
  try {
    const requestId =
      flags.request === undefined ? undefined : (await findRequest(session, flags.request)).requestId;
    const start: Position =
      flags.after !== undefined
        ? { seq: flags.after, epoch: undefined }
        : requestId !== undefined || !flags.follow
          ? { seq: 0, epoch: undefined }
          : await endOfLedger(session);
    if (flags.follow) io.err(`Showing what comes after ${start.seq}; Ctrl-C ends it\n`);
    await follow(session, start, flags, requestId, globals.json === true);
  } finally {
    await session.close();
  }
};

/** `muster watch`: what happens, as it happens. */
export const addWatch = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('watch')
      .description(
        'events that you may see, one a line, as they are stored; --json gives one JSON object a line',
      )
      .option(
        '--after <seq>',
        'go on after this sequence; 0 shows all (default: what is new, or all of one request)',
        whole(0, Number.MAX_SAFE_INTEGER),
      )
      .option('--request <id>', 'one request only')
      .option('--no-follow', 'end when all that is stored has been shown')
      .action((flags: Flags, command: Command) => watch(io, command, flags)),
    'muster watch --as kent',
    'muster watch --as kent --after 1200 --json',
    'muster watch --as kent --request 3f2a --no-follow',
  );
};

import { type AskAnswer, LONG_WAIT_MS_MAX } from '@muster/contracts';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { eventLine } from '../output/events.ts';
import { markValue } from '../output/exercise.ts';
import { findRequest } from '../session/find.ts';
import { untilAnswered } from '../session/patience.ts';
import { openSession, type Session } from '../session/session.ts';
import { globalsOf, whole, withExamples } from './run.ts';

/** How long one question waits for news, in milliseconds. */
const WAIT_MS = Math.min(20_000, LONG_WAIT_MS_MAX);
const PAGE_EVENTS = 500;

type Page = AskAnswer<'events'>;
type Position = { seq: number; epoch: string | undefined };
type Flags = { after?: number; request?: string; follow: boolean };

const nextPage = (session: Session, query: object & { afterSeq: number }): Promise<Page | undefined> =>
  untilAnswered(session, () => session.ask('events', { ...query, limit: PAGE_EVENTS }));

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
    for (const event of page.events)
      io.out(`${json ? JSON.stringify(markValue(io, event)) : eventLine(event)}\n`);
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

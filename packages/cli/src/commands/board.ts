import { BOARD_ROWS_MAX, BOARD_SKIP_MAX, LONG_WAIT_MS_MAX } from '@muster/contracts';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { boardOutput } from '../output/board.ts';
import { markValue } from '../output/exercise.ts';
import { printOutput } from '../output/print.ts';
import { pauseUntilStopped, untilAnswered } from '../session/patience.ts';
import { openSession, type Session } from '../session/session.ts';
import { globalsOf, whole, withExamples } from './run.ts';

/** A board that is watched is shown anew at least so often, in milliseconds: what is due changes by itself. */
const REFRESH_MS = Math.min(15_000, LONG_WAIT_MS_MAX);
/** A board that is watched is shown anew at most so often, in milliseconds: in a peak there is news all the time. */
const SETTLE_MS = 1_000;
/** Moves to the corner of the screen and clears it. */
const CLEAR_SCREEN = '\u001b[2J\u001b[H';

type Flags = { watch?: boolean; limit?: number; skip?: number; find?: string };

const queryOf = ({ watch: _, ...part }: Flags) => part;

/** Shows the board whenever something has happened, until Ctrl-C. */
const follow = async (session: Session, flags: Flags, json: boolean): Promise<void> => {
  const { io } = session;
  while (!io.interrupted.aborted) {
    const board = await untilAnswered(session, () => session.ask('board', queryOf(flags)));
    if (board === undefined) break;
    const { text } = boardOutput(board, io.color);
    if (json) io.out(`${JSON.stringify(markValue(io, board))}\n`);
    else io.out(io.color ? `${CLEAR_SCREEN}${text}\n` : `${text}\n\n`);
    await pauseUntilStopped(session, SETTLE_MS);
    await untilAnswered(session, () =>
      session.ask('events', { afterSeq: board.lastSeq, waitMs: REFRESH_MS, limit: 1 }),
    );
  }
};

const watch = async (io: Io, command: Command, flags: Flags): Promise<void> => {
  const globals = globalsOf(command);
  const session = await openSession(io, globals);
  try {
    if (flags.watch) await follow(session, flags, globals.json === true);
    else
      printOutput(
        io,
        boardOutput(await session.ask('board', queryOf(flags)), io.color),
        globals.json === true,
      );
  } finally {
    await session.close();
  }
};

/** `muster board`: everything open at a glance. */
export const addBoard = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('board')
      .description('what is open, short and late, and what waits for whom')
      .option(
        '--watch',
        'show it anew whenever something happens; Ctrl-C ends it; --json gives one object a line',
      )
      .option(
        '--limit <n>',
        `most rows of each list (default 50, at most ${BOARD_ROWS_MAX})`,
        whole(1, BOARD_ROWS_MAX),
      )
      .option('--find <words>', 'open requests with all of these words in them only')
      .option('--skip <n>', 'leave out so many requests at the beginning', whole(0, BOARD_SKIP_MAX))
      .action((flags: Flags, command: Command) => watch(io, command, flags)),
    'muster board --as kent',
    'muster board --as npocc --watch',
    'muster board --as ricc-eastern --json',
    'muster board --as npocc --find "cyber kent" --skip 50',
  );
};

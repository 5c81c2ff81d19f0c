import { type AskAnswer, FORECAST_HOURS_DEFAULT, FORECAST_HOURS_MAX } from '@muster/contracts';
import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { type Cell, table } from '../output/table.ts';
import type { Session } from '../session/session.ts';
import { run, whole, withExamples } from './run.ts';

type Flags = { hours?: number; code?: string; all?: boolean };
type Row = AskAnswer<'forecast'>['rows'][number];

const cellsOf = ({ code, floor, freeNow, freeLeast, below }: Row): Cell[][] =>
  below.length === 0
    ? [[code, floor, freeNow, 'never', '', freeLeast]]
    : below.map(({ from, to, freeLeast: least }) => [
        ...[code, floor, freeNow],
        ...[showTime(from), showTime(to), least],
      ]);

const forecast = async (session: Session, flags: Flags): Promise<Output> => {
  const answer = await session.ask('forecast', {
    ...(flags.hours !== undefined && { hours: flags.hours }),
    ...(flags.code !== undefined && { code: flags.code }),
  });
  const falling = answer.rows.filter(({ below }) => below.length > 0);
  const shown = flags.all ? answer.rows : falling;
  const rows = table(
    ['code', 'floor', 'free now', 'below from', 'until', 'least free'],
    shown.flatMap(cellsOf),
    { empty: 'No code falls under its national floor.', color: session.io.color },
  );
  const span = `${showTime(answer.from)} to ${showTime(answer.to)}`;
  const held = `${answer.rows.length - falling.length} of ${answer.rows.length} codes stay at or above their floors.`;
  return { json: answer, text: `${span}, given what is booked and in local use\n${rows}\n${held}` };
};

/** `muster forecast`: which codes run short, and when. */
export const addForecast = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('forecast')
      .description('which codes fall under their national floors, and when; for the centres')
      .option(
        '--hours <n>',
        `how far to look (default: ${FORECAST_HOURS_DEFAULT})`,
        whole(1, FORECAST_HOURS_MAX),
      )
      .option('--code <code>', 'capability code or the first part of one')
      .option('--all', 'codes that stay above their floors too')
      .action((flags: Flags, command: Command) => run(io, command, (session) => forecast(session, flags))),
    'muster forecast --as npocc',
    'muster forecast --as ricc-eastern --code PO --hours 168 --all',
  );
};

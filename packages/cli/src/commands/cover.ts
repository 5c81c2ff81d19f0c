import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { type Cell, table } from '../output/table.ts';
import type { Session } from '../session/session.ts';
import { run, withExamples } from './run.ts';
import { timeIfGiven } from './written.ts';

type Flags = { code?: string; region?: string; from?: string; to?: string };

const cover = async (session: Session, flags: Flags): Promise<Output> => {
  const answer = await session.ask('cover', {
    ...(flags.code === undefined ? {} : { code: flags.code }),
    ...(flags.region === undefined ? {} : { region: flags.region }),
    from: timeIfGiven(session.io, '--from', flags.from),
    to: timeIfGiven(session.io, '--to', flags.to),
  });
  const rows = table(
    ['code', 'region', 'kind', 'forces', 'capabilities', 'advertised', 'taken', 'free'],
    answer.rows.map((row): Cell[] => [
      row.code,
      row.region,
      row.kind,
      row.forces,
      row.capabilities,
      row.advertised,
      row.taken,
      row.free,
    ]),
    { empty: 'Nothing is advertised over this time that you may see.', color: session.io.color },
  );
  const text = `${showTime(answer.from)} to ${showTime(answer.to)}, open over the whole of it\n${rows}`;
  return { json: answer, text };
};

export const addCover = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('cover')
      .description('what is advertised, taken and free, by code and region')
      .option('--code <code>', 'capability code or the first part of one')
      .option('--region <region>', 'one region')
      .option('--from <time>', 'from (default: now)')
      .option('--to <time>', 'to (default: a day later)')
      .action((flags: Flags, command: Command) => run(io, command, (session) => cover(session, flags))),
    'muster cover --as npocc',
    'muster cover --as kent --code CY --from "2026-12-01 08:00" --to "2026-12-03 08:00"',
  );
};

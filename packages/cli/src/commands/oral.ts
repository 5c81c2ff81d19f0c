import { csvOf } from '@muster/claim-pack';
import type { AskAnswer } from '@muster/contracts';
import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { type Cell, table } from '../output/table.ts';
import { readPages } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { run, withExamples } from './run.ts';
import { timeIfGiven } from './written.ts';

type Flags = { from?: string; to?: string; host?: string; late?: true; csv?: true };
type Answer = AskAnswer<'oral-approvals'>;
type Row = Answer['items'][number];

/** Rows asked for at a time. */
const ROWS_PER_PAGE = 500;

const COLUMNS = [
  ...['host', 'request_id', 'approved_by', 'said_at', 'words', 'recorded_at', 'recorded_by', 'delegation_id'],
  ...['written_due_by', 'written', 'written_by', 'written_at', 'late'],
];

const decidedOf = ({ written }: Row): { by?: string; at?: string } =>
  written.kind === 'awaited' ? {} : { by: written.by, at: written.at };

const csvRow = (row: Row): Record<string, string | undefined> => ({
  ...{
    host: row.host,
    request_id: row.requestId,
    approved_by: row.post,
    said_at: row.saidAt,
    words: row.words,
  },
  ...{ recorded_at: row.recordedAt, recorded_by: row.recordedBy, delegation_id: row.delegationId },
  ...{ written_due_by: row.dueBy, written: row.written.kind },
  ...{ written_by: decidedOf(row).by, written_at: decidedOf(row).at, late: row.isLate ? 'yes' : 'no' },
});

const writtenText = (row: Row): string => {
  const { by, at } = decidedOf(row);
  const what =
    at === undefined ? `due by ${showTime(row.dueBy)}` : `${row.written.kind} by ${by}, ${showTime(at)}`;
  return row.isLate ? `LATE: ${what}` : what;
};

const totalsText = ({ all, inTime, late, awaited, refused }: Answer['totals']): string =>
  `${all} by word of mouth: ${inTime} decided in writing in time, ${late} late, ${awaited} still awaited, ${refused} refused.`;

const oral = async (session: Session, flags: Flags): Promise<Output> => {
  const from = timeIfGiven(session.io, '--from', flags.from);
  const to = timeIfGiven(session.io, '--to', flags.to);
  let first: Answer | undefined;
  const rows = await readPages(async (cursor) => {
    const page = await session.ask('oral-approvals', {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(flags.host !== undefined && { host: flags.host }),
      ...(flags.late && { late: flags.late }),
      ...(cursor !== undefined && { cursor }),
      limit: ROWS_PER_PAGE,
    });
    first ??= page;
    return page;
  });
  const totals = first?.totals ?? { all: 0, inTime: 0, late: 0, awaited: 0, refused: 0 };
  const json = { asOf: first?.asOf, totals, items: rows };
  if (flags.csv) return { json, text: csvOf(COLUMNS, rows.map(csvRow)).trimEnd() };
  const shown = table(
    ['recorded', 'host', 'request', 'said by', 'at', 'words', 'recorded by', 'in writing'],
    rows.map((row): Cell[] => [
      ...[showTime(row.recordedAt), row.host, row.requestId, row.post, showTime(row.saidAt), row.words],
      ...[row.recordedBy, writtenText(row)],
    ]),
    { empty: 'Nothing was approved by word of mouth.', color: session.io.color },
  );
  return { json, text: `${shown}\n\n${totalsText(totals)}` };
};

/** `muster request oral`: every approval by word of mouth of a period. */
export const addOral = (request: Command, io: Io): void => {
  withExamples(
    request
      .command('oral')
      .description(
        'every approval by word of mouth of a period: who, when, in what words, and whether in writing in time',
      )
      .option('--from <time>', 'recorded at or after')
      .option('--to <time>', 'recorded before')
      .option('--host <org>', 'of this host only')
      .option('--late', 'only those that were not decided in writing in time')
      .option('--csv', 'as CSV, for a file')
      .action((flags: Flags, command: Command) => run(io, command, (session) => oral(session, flags))),
    'muster request oral --as kent',
    'muster request oral --as npocc --from -30d --late',
    'muster request oral --as npocc --from 2026-11-01T00:00Z --to 2026-12-01T00:00Z --csv',
  );
};

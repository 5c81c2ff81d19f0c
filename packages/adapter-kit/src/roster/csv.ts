import { CsvError, parse } from 'csv-parse/sync';
import { ROSTER_ROWS_MAX, ROW_CHARS_MAX } from './limits.ts';
import type { Fault } from './problems.ts';

/** The cells of one row, and the line of the file on which it starts. */
export type CsvRow = { line: number; cells: string[] };
export type CsvFault = Fault & { line: number };

const options = {
  bom: true,
  info: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: '\n',
  max_record_size: ROW_CHARS_MAX,
};

type Parsed = { record: string[]; info: { lines: number } };

const parseAll = (text: string): CsvRow[] =>
  parse<Parsed>(text, { ...options, columns: false } as never).map(({ record, info }) => ({
    // The parser counts the line on which a row ends.
    line: info.lines - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0),
    cells: record,
  }));

const faultOf = (error: CsvError): Fault => {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return {
        because: 'a quote is opened and not closed on this line',
        remedy: 'close it, or write "" for one quote',
      };
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return {
        because: 'a quote stands inside a cell that is not quoted as a whole',
        remedy: 'put the whole cell in quotes and write "" for each quote in it',
      };
    default:
      return { because: error.message, remedy: 'write the row as RFC 4180 CSV' };
  }
};

/** One line at a time, so that a stray quote costs its own line and not the rest of the file. */
const parseByLine = (text: string): { rows: CsvRow[]; faults: CsvFault[] } => {
  const rows: CsvRow[] = [];
  const faults: CsvFault[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    if (content.trim() === '') continue;
    if (content.length > ROW_CHARS_MAX) {
      faults.push({
        line,
        because: `the row has ${content.length} characters, more than ${ROW_CHARS_MAX}`,
        remedy: 'shorten it, or look for a missing line break or quote',
      });
      continue;
    }
    try {
      for (const row of parseAll(content)) rows.push({ line, cells: row.cells });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      faults.push({ line, ...faultOf(error) });
    }
  }
  return { rows, faults };
};

/** Rows with their lines, the header first. Rows that are not CSV are named; the others are kept. */
export const readCsv = (text: string): { rows: CsvRow[]; faults: CsvFault[] } => {
  const normal = text.replace(/\r\n?/g, '\n');
  const read = (): { rows: CsvRow[]; faults: CsvFault[] } => {
    try {
      return { rows: parseAll(normal), faults: [] };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return parseByLine(normal.startsWith('\ufeff') ? normal.slice(1) : normal);
    }
  };
  const { rows, faults } = read();
  const surplus = rows[ROSTER_ROWS_MAX + 1];
  if (!surplus) return { rows, faults };
  const over = {
    line: surplus.line,
    because: `the file has more than ${ROSTER_ROWS_MAX} rows; this one and those after it were not read`,
    remedy: 'split the roster into several files in the same folder',
  };
  return { rows: rows.slice(0, ROSTER_ROWS_MAX + 1), faults: [...faults, over] };
};

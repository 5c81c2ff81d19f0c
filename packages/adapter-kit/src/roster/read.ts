import { createHash } from 'node:crypto';
import { readCsv } from './csv.ts';
import type { AdvertDraft } from './draft.ts';
import { decodeText } from './encoding.ts';
import { readHeader } from './header.ts';
import { PROBLEMS_MAX, ROSTER_BYTES_MAX } from './limits.ts';
import { type RosterProblem, shortened } from './problems.ts';
import { readRow } from './row.ts';

/** A good row and where it stands. */
export type RosterRow = { draft: AdvertDraft; file: string; line: number };

/** What reading one file, or a whole folder, gave. */
export type RosterReading = {
  rows: RosterRow[];
  problems: RosterProblem[];
  /** Problems found, those beyond {@link PROBLEMS_MAX} included. */
  problemsTotal: number;
  /** Capabilities with a bad row: what was published of them stands until the row is corrected. */
  kept: ReadonlySet<string>;
  /** False when something could not be read at all, so that absence proves nothing. */
  complete: boolean;
  /** SHA-256 of what was read, in hex. */
  digest: string;
};

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const unread = (bytes: Uint8Array, problems: RosterProblem[]): RosterReading => ({
  rows: [],
  problems,
  problemsTotal: problems.length,
  kept: new Set(),
  complete: false,
  digest: digestOf(bytes),
});

const readRows = (
  force: string,
  file: string,
  text: string,
  digest: string,
): RosterReading | RosterProblem[] => {
  const {
    rows: [first, ...rest],
    faults,
  } = readCsv(text);
  if (!first) {
    const remedy = 'start it with a header row of column names';
    return [{ file, because: 'the file is empty', remedy }, ...faults.map((fault) => ({ file, ...fault }))];
  }
  const header = readHeader(first.cells);
  if (!header.ok) return header.faults.map((fault) => ({ file, line: first.line, ...fault }));
  const problems: RosterProblem[] = faults.map((fault) => ({ file, ...fault }));
  const rows: RosterRow[] = [];
  const kept = new Set<string>();
  let complete = faults.length === 0;
  for (const row of rest) {
    const result = readRow(force, row, header);
    if (result.ok) {
      rows.push({ draft: result.draft, file, line: row.line });
      continue;
    }
    if (result.capabilityId === undefined) complete = false;
    else kept.add(result.capabilityId);
    for (const { value, ...fault } of result.faults) {
      problems.push({
        file,
        line: row.line,
        ...fault,
        value: value === undefined ? undefined : shortened(value),
      });
    }
  }
  return { rows, problems, problemsTotal: problems.length, kept, complete, digest };
};

/** Reads one roster file of a force. Pure: bytes in, rows and problems out. */
export const readRoster = (force: string, file: string, bytes: Uint8Array): RosterReading => {
  if (bytes.length > ROSTER_BYTES_MAX) {
    const because = `the file has ${bytes.length} bytes, more than ${ROSTER_BYTES_MAX}`;
    return unread(bytes, [{ file, because, remedy: 'split it into several files in the same folder' }]);
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok) {
    const { line, character, because, remedy } = decoded;
    const column = character === undefined ? undefined : `character ${character}`;
    return unread(bytes, [{ file, line, column, because, remedy }]);
  }
  const read = readRows(force, file, decoded.text, digestOf(bytes));
  return Array.isArray(read) ? unread(bytes, read) : read;
};

/** One reading of several files. The first row of a capability id stands; later ones are reported. */
export const mergeReadings = (readings: readonly RosterReading[]): RosterReading => {
  const problems = readings.flatMap((reading) => reading.problems);
  const rows = new Map<string, RosterRow>();
  for (const row of readings.flatMap((reading) => reading.rows)) {
    const id = row.draft.capabilityId;
    const first = rows.get(id);
    if (!first) {
      rows.set(id, row);
      continue;
    }
    problems.push({
      file: row.file,
      line: row.line,
      column: 'capability_id',
      value: shortened(id),
      because: `already stands in ${first.file}:${first.line}, which counts`,
      remedy: 'give every capability of the force its own id',
    });
  }
  return {
    rows: [...rows.values()],
    problems: problems.slice(0, PROBLEMS_MAX),
    problemsTotal: problems.length,
    kept: new Set(readings.flatMap((reading) => [...reading.kept]).filter((id) => !rows.has(id))),
    complete: readings.every((reading) => reading.complete),
    digest: digestOf(new TextEncoder().encode(readings.map((reading) => reading.digest).join())),
  };
};

import { type Accreditation, isToken, type ReleasableTo } from '@muster/contracts';
import { listOf, readCell, readInteger, readNumber } from './cells.ts';
import { COLUMN_NAMES, type ColumnName, columnOf, columnOfField, remedyFor } from './columns.ts';
import type { CsvRow } from './csv.ts';
import { type AdvertDraft, advertDraft } from './draft.ts';
import type { Fault, Parsed } from './problems.ts';
import { readLastInstantOfDay } from './times.ts';
import { readWindows } from './windows.ts';

/** Characters of a capability id in a roster. */
export const ROSTER_ID_CHARS_MAX = 63;

export type CellFault = Fault & { column?: ColumnName; value?: string };

/** A draft, or every fault of the row; `capabilityId` is there when at least that could be read. */
export type RowResult =
  | { ok: true; draft: AdvertDraft }
  | { ok: false; capabilityId: string | undefined; faults: CellFault[] };

type Cells = Partial<Record<ColumnName, string>>;

const readCells = (row: CsvRow, at: ReadonlyMap<ColumnName, number>, faults: CellFault[]): Cells => {
  const cells: Cells = {};
  for (const column of COLUMN_NAMES) {
    const index = at.get(column);
    const raw = index === undefined ? undefined : row.cells[index];
    if (raw === undefined) continue;
    const cell = readCell(column, raw);
    if (cell.ok) cells[column] = cell.value;
    else faults.push({ column, value: raw, because: cell.because, remedy: cell.remedy });
  }
  return cells;
};

/** Takes the value of one cell, or notes why it has none. */
type Take = <T>(column: ColumnName, read: (value: string) => Parsed<T>, whenEmpty?: T) => T | undefined;

const takeFrom =
  (cells: Cells, faults: CellFault[]): Take =>
  (column, read, whenEmpty) => {
    const value = cells[column];
    if (value === undefined && columnOf(column).required) return undefined;
    if (value === undefined || (value === '' && !columnOf(column).required)) return whenEmpty;
    const result = read(value);
    if (result.ok) return result.value;
    faults.push({ column, value, because: result.because, remedy: result.remedy });
    return undefined;
  };

const accreditationsOf = (cells: Cells, validTo: string | undefined): Accreditation[] =>
  listOf(cells.accreditation ?? '').map((scheme) => ({ scheme, validTo }));

const releasableOf = (value: string): ReleasableTo =>
  value === 'national' || value === 'region' ? { kind: value } : { kind: 'forces', forces: listOf(value) };

const REPEATS: readonly ColumnName[] = ['accreditation', 'releasable_to'];

const crossFaults = (cells: Cells, draft: AdvertDraft): CellFault[] => {
  const faults: CellFault[] = [];
  const add = (column: ColumnName, because: string, remedy: string): void => {
    faults.push({ column, value: cells[column] ?? '', because, remedy });
  };
  if (draft.kind === 'unit' && draft.quantity !== 1)
    add('quantity', 'must be 1 for a unit', 'write 1, or kind pool');
  if (draft.kind !== 'queue' && draft.backlog !== undefined)
    add('backlog', 'is for queues only', 'leave it empty, or write kind queue');
  if (draft.capabilityId.length > ROSTER_ID_CHARS_MAX)
    add('capability_id', `has more than ${ROSTER_ID_CHARS_MAX} characters`, remedyFor('capability_id'));
  for (const column of REPEATS) {
    const parts = listOf(cells[column] ?? '');
    if (new Set(parts).size !== parts.length) add(column, 'names the same thing twice', 'keep one of them');
  }
  return faults;
};

const schemaFaults = (cells: Cells, value: unknown): { draft?: AdvertDraft; faults: CellFault[] } => {
  const result = advertDraft.safeParse(value);
  if (result.success) return { draft: result.data, faults: [] };
  const faults = new Map<ColumnName, CellFault>();
  for (const issue of result.error.issues) {
    const column = columnOfField(issue.path);
    if (faults.has(column)) continue;
    const because = cells[column] === '' ? 'is empty' : issue.message;
    faults.set(column, { column, value: cells[column] ?? '', because, remedy: remedyFor(column) });
  }
  return { faults: [...faults.values()] };
};

const candidateOf = (force: string, cells: Cells, faults: CellFault[]): unknown => {
  const take = takeFrom(cells, faults);
  const integer = (column: ColumnName, whenEmpty?: number): number | undefined =>
    take(column, (value) => readInteger(column, value), whenEmpty);
  const number = (column: ColumnName): number | undefined =>
    take(column, (value) => readNumber(column, value));
  const windows = readWindows(cells.available_from ?? '', cells.available_to ?? '');
  if (!windows.ok) faults.push(...('faults' in windows ? windows.faults : [windows]));
  const validTo = take<string | undefined>('accreditation_expires', readLastInstantOfDay, undefined);
  return {
    force,
    capabilityId: cells.capability_id,
    code: cells.code,
    kind: cells.kind,
    quantity: integer('quantity'),
    quantityUnit: cells.quantity_unit,
    base: { name: cells.base_town, lat: number('base_lat'), lon: number('base_lon') },
    noticeMinutes: integer('notice_minutes'),
    windows: windows.ok ? windows.value : undefined,
    releasableTo: releasableOf(cells.releasable_to ?? ''),
    accreditations: accreditationsOf(cells, validTo),
    reserveFloor: integer('reserve_floor', 0),
    minRestMinutes: integer('min_rest_minutes', 0),
    status: cells.status || 'available',
    backlog: integer('backlog'),
    remarks: cells.remarks || undefined,
  };
};

/** One row as an advert of the force, or all that is wrong with it. */
export const readRow = (
  force: string,
  row: CsvRow,
  header: { at: ReadonlyMap<ColumnName, number>; width: number },
): RowResult => {
  const idCell = row.cells[header.at.get('capability_id') ?? -1]?.trim();
  const capabilityId = idCell !== undefined && isToken(idCell) ? idCell : undefined;
  if (row.cells.length !== header.width) {
    const because = `the row has ${row.cells.length} cells and the header has ${header.width}`;
    const remedy = 'add or remove cells; put a cell that holds a comma in quotes';
    return { ok: false, capabilityId, faults: [{ because, remedy }] };
  }
  const faults: CellFault[] = [];
  const cells = readCells(row, header.at, faults);
  const candidate = candidateOf(force, cells, faults);
  const named = new Set(faults.map((fault) => fault.column));
  const { draft, faults: more } = schemaFaults(cells, candidate);
  faults.push(...more.filter((fault) => !named.has(fault.column)));
  if (!draft || faults.length > 0) return { ok: false, capabilityId, faults };
  const cross = crossFaults(cells, draft);
  return cross.length > 0 ? { ok: false, capabilityId, faults: cross } : { ok: true, draft };
};

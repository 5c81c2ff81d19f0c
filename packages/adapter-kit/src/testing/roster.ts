import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLUMN_NAMES, type ColumnName } from '../roster/columns.ts';

export type Row = Partial<Record<ColumnName, string>> & { capability_id: string };

const GOOD: Row = {
  capability_id: 'cy-1',
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: '4',
  quantity_unit: 'officers',
  base_town: 'Maidstone',
  base_lat: '51.27',
  base_lon: '0.52',
  notice_minutes: '60',
  available_from: '2026-01-01 00:00',
  available_to: '2040-12-31 23:59',
  releasable_to: 'national',
  reserve_floor: '1',
};

const line = (row: Row): string => COLUMN_NAMES.map((column) => row[column] ?? GOOD[column] ?? '').join(',');

export const csvOf = (...rows: (Row | string)[]): string =>
  [COLUMN_NAMES.join(','), ...rows.map((row) => (typeof row === 'string' ? row : line(row))), ''].join('\n');

/** A roster folder of one force that a test writes to as a person would: by replacing the file. */
export type TestRoster = Disposable & {
  folder: string;
  write(...rows: (Row | string)[]): void;
  put(name: string, text: string | Uint8Array): void;
};

export const tempRoster = (...rows: (Row | string)[]): TestRoster => {
  const root = mkdtempSync(join(tmpdir(), 'muster-roster-'));
  const folder = join(root, 'kent');
  mkdirSync(folder);
  const put: TestRoster['put'] = (name, text) => {
    writeFileSync(join(folder, `.${name}.tmp`), text);
    renameSync(join(folder, `.${name}.tmp`), join(folder, name));
  };
  const write: TestRoster['write'] = (...next) => put('capabilities.csv', csvOf(...next));
  write(...rows);
  return { folder, write, put, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
};

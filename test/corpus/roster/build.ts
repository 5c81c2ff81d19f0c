/** Columns of a roster, in the usual order. */
export const HEADER = [
  'capability_id',
  'code',
  'kind',
  'quantity',
  'quantity_unit',
  'base_town',
  'base_lat',
  'base_lon',
  'notice_minutes',
  'available_from',
  'available_to',
  'releasable_to',
  'accreditation',
  'accreditation_expires',
  'reserve_floor',
  'min_rest_minutes',
  'status',
  'remarks',
] as const;

export type Row = Partial<Record<(typeof HEADER)[number], string>>;

const GOOD: Record<(typeof HEADER)[number], string> = {
  capability_id: 'good',
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: '4',
  quantity_unit: 'officers',
  base_town: 'Maidstone',
  base_lat: '51.27',
  base_lon: '-0.52',
  notice_minutes: '60',
  available_from: '2026-01-01 00:00',
  available_to: '2027-12-31 23:59',
  releasable_to: 'national',
  accreditation: 'NPCC-CY',
  accreditation_expires: '2027-06-30',
  reserve_floor: '1',
  min_rest_minutes: '660',
  status: 'available',
  remarks: '',
};

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One line of CSV: a good row with some cells changed. */
export const line = (row: Row): string =>
  HEADER.map((column) => quoted(row[column] ?? GOOD[column])).join(',');

/** A roster of the header and these rows or raw lines. */
export const roster = (...rows: (Row | string)[]): string =>
  [HEADER.join(','), ...rows.map((row) => (typeof row === 'string' ? row : line(row)))].join('\n');

/** The row under test between two good ones, which must come through. */
export const between = (bad: Row | string): string =>
  roster({ capability_id: 'before' }, bad, { capability_id: 'after' });

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const utf16 = (text: string, order: 'le' | 'be', mark = true): Uint8Array => {
  const units = Uint8Array.from(Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le'));
  if (order === 'be') Buffer.from(units.buffer).swap16();
  return units;
};

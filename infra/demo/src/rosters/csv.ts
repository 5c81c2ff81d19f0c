/** Columns of a roster, in order. */
export const COLUMNS = [
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

/** One row of a roster; lists are already joined with `;`, times are local to London. */
export type Row = Record<(typeof COLUMNS)[number], string | number>;

const field = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The rows as RFC 4180 text with a header, lines ending in LF as everywhere in this repository. */
export const toCsv = (rows: readonly Row[]): string =>
  [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => field(row[column])).join(','))]
    .map((line) => `${line}\n`)
    .join('');

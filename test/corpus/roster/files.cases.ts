import { ROSTER_BYTES_MAX, ROSTER_ROWS_MAX, ROW_CHARS_MAX } from '@muster/adapter-kit';
import { between, HEADER, line, roster, utf8, utf16 } from './build.ts';

/** A whole file: what it says of itself, and the capabilities that must still come through. */
export type FileCase = {
  name: string;
  bytes: () => Uint8Array;
  says: readonly string[];
  good: readonly string[];
};

const BOTH = ['before', 'after'];
const TWO = roster({ capability_id: 'before' }, { capability_id: 'after' });

const file = (
  name: string,
  bytes: () => Uint8Array,
  good: readonly string[],
  ...says: string[]
): FileCase => ({
  name,
  bytes,
  says,
  good,
});

const withByte = (byte: number): Uint8Array => {
  const bytes = utf8(TWO);
  const at = TWO.indexOf('Maidstone');
  bytes[at + 1] = byte;
  return bytes;
};

const encodings: FileCase[] = [
  file('UTF-8 with a byte-order mark', () => utf8(`\ufeff${TWO}`), BOTH),
  file('UTF-16 little-endian with its mark', () => utf16(TWO, 'le'), BOTH),
  file('UTF-16 big-endian with its mark', () => utf16(TWO, 'be'), BOTH),
  file('UTF-16 without a mark', () => utf16(TWO, 'le', false), [], 'kent/r.csv:1', 'NUL', 'CSV UTF-8'),
  file('UTF-16 that breaks off', () => utf16(TWO, 'le').slice(0, -1), [], 'UTF-16LE', 'breaks off'),
  file('UTF-32', () => Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), [], 'UTF-32', 'CSV UTF-8'),
  file(
    'a byte of Windows-1252',
    () => withByte(0xe9),
    [],
    'kent/r.csv:2',
    'character',
    'Windows-1252',
    'CSV UTF-8',
  ),
  file('half a character at the end', () => utf8(`${TWO}é`).slice(0, -1), [], 'kent/r.csv:3', 'not UTF-8'),
  file(
    'an Excel workbook',
    () => Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]),
    [],
    'Excel workbook',
    'CSV UTF-8',
  ),
  file(
    'random bytes',
    () => Uint8Array.from({ length: 512 }, (_, n) => (n * 197 + 131) % 256),
    [],
    'not UTF-8',
  ),
];

const without = (column: string): string =>
  TWO.split('\n')
    .map((row) =>
      row
        .split(',')
        .filter((_, index) => HEADER[index] !== column)
        .join(','),
    )
    .join('\n');

const headers: FileCase[] = [
  file('an empty file', () => utf8(''), [], 'empty', 'header row'),
  file('a file of blank lines', () => utf8('\n\n \n'), [], 'kent/r.csv'),
  file('a missing column', () => utf8(without('quantity')), [], 'quantity', 'missing', 'add it'),
  file(
    'a misspelt column',
    () => utf8(TWO.replace('reserve_floor', 'reserve_flor')),
    [],
    'reserve_flor',
    'not a known column',
    'reserve_floor',
  ),
  file(
    'a column that stands there twice',
    () => utf8(TWO.replace('remarks', 'status')),
    [],
    'status',
    'twice',
  ),
  file('semicolons between the columns', () => utf8(TWO.replaceAll(',', ';')), [], 'not separated by commas'),
  file('tabs between the columns', () => utf8(TWO.replaceAll(',', '\t')), [], 'not separated by commas'),
  file('no header', () => utf8(line({ capability_id: 'before' })), [], 'kent/r.csv:1', 'capability_id'),
];

const shapes: FileCase[] = [
  file('lines that end in CR LF', () => utf8(TWO.replaceAll('\n', '\r\n')), BOTH),
  file('lines that end in CR', () => utf8(TWO.replaceAll('\n', '\r')), BOTH),
  file('line ends of several kinds', () => utf8(`${TWO.replace('\n', '\r\n')}\n\n`), BOTH),
  file(
    'a quote that is never closed',
    () => utf8(between('cy-1,"CY.FCCU,pool')),
    BOTH,
    'kent/r.csv:3',
    'not closed',
  ),
  file('a quote inside a cell', () => utf8(between('cy-1,CY"FCCU,pool')), BOTH, 'kent/r.csv:3', 'quote'),
  file(
    'text after a closing quote',
    () => utf8(between('cy-1,"CY.FCCU"x,pool')),
    BOTH,
    'kent/r.csv:3',
    'quote',
  ),
  file(
    'a row with too few cells',
    () => utf8(between('cy-1,CY.FCCU')),
    BOTH,
    'kent/r.csv:3',
    '2 cells',
    '18',
  ),
  file(
    'a row with too many cells',
    () => utf8(between(`${line({})},x`)),
    BOTH,
    'kent/r.csv:3',
    '19 cells',
    'comma in quotes',
  ),
  file(
    'a huge row',
    () => utf8(between('x'.repeat(ROW_CHARS_MAX * 2))),
    BOTH,
    'kent/r.csv:3',
    String(ROW_CHARS_MAX),
  ),
  file(
    'the same id twice',
    () =>
      utf8(
        roster(
          { capability_id: 'before' },
          { capability_id: 'before', quantity: '9' },
          { capability_id: 'after' },
        ),
      ),
    BOTH,
    'kent/r.csv:3 capability_id "before"',
    'kent/r.csv:2',
    'its own id',
  ),
];

const sizes: FileCase[] = [
  file(
    'more rows than may be',
    () =>
      utf8(
        [HEADER.join(','), line({ capability_id: 'before' }), ...Array(ROSTER_ROWS_MAX).fill('x')].join('\n'),
      ),
    ['before'],
    `kent/r.csv:${ROSTER_ROWS_MAX + 2}`,
    'split the roster',
  ),
  file(
    'more bytes than may be',
    () => new Uint8Array(ROSTER_BYTES_MAX + 1),
    [],
    String(ROSTER_BYTES_MAX),
    'split it',
  ),
];

/** Files that are at fault as a whole, or look odd and are good. */
export const FILE_CASES: readonly FileCase[] = [...encodings, ...headers, ...shapes, ...sizes];

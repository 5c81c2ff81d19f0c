import { styleText } from 'node:util';
import Table from 'cli-table3';

export type Cell = string | number | undefined;

/** Control characters in what others wrote could move the cursor or forge a line; they are shown as one mark. */
const CONTROL = /[\p{Cc}\p{Cf}]/gu;

/** Text from the mesh, safe to show on a terminal. */
export const shown = (cell: Cell): string => (cell === undefined ? '' : String(cell).replace(CONTROL, '�'));

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A table without lines, numbers to the right; `empty` is what is said when there is no row. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { empty, color }: { empty: string; color: boolean },
): string => {
  if (rows.length === 0) return empty;
  const built = new Table({
    // Styled here: the table's own colours would look at the environment again.
    head: head.map((name) => (color ? styleText('bold', name, { validateStream: false }) : name)),
    chars: NO_LINES,
    colAligns: head.map((_, column) => (typeof rows[0]?.[column] === 'number' ? 'right' : 'left')),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  built.push(...rows.map((row) => row.map(shown)));
  return built
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};

/** Names and values under each other, for one thing. */
export const details = (rows: readonly (readonly [string, Cell])[]): string => {
  const told = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...told.map(([name]) => name.length));
  return told.map(([name, value]) => `${name.padEnd(width)}  ${shown(value)}`).join('\n');
};

import { COLUMN_NAMES, COLUMNS, type ColumnName, isColumn } from './columns.ts';
import type { Fault } from './problems.ts';

export type Header =
  | { ok: true; at: ReadonlyMap<ColumnName, number>; width: number }
  | { ok: false; faults: (Fault & { column?: string })[] };

const KNOWN = `known columns are ${COLUMN_NAMES.join(', ')}`;

const separatorFault = (cells: readonly string[]): Fault | undefined => {
  const [only] = cells;
  if (cells.length !== 1 || only === undefined || !/[;\t|]/.test(only)) return undefined;
  return {
    because: 'the columns are not separated by commas',
    remedy: 'save the sheet as CSV with commas between the columns',
  };
};

/**
 * Which column stands where. An unknown column refuses the file: it may be a misspelt one, and leaving out
 * a reserve floor, say, would lend what the force wants to keep.
 */
export const readHeader = (cells: readonly string[]): Header => {
  const separator = separatorFault(cells);
  if (separator) return { ok: false, faults: [separator] };
  const faults: (Fault & { column?: string })[] = [];
  const at = new Map<ColumnName, number>();
  for (const [index, cell] of cells.entries()) {
    const column = cell.trim();
    if (!isColumn(column)) {
      faults.push({
        column: column || `number ${index + 1}`,
        because: 'is not a known column',
        remedy: KNOWN,
      });
    } else if (at.has(column)) {
      faults.push({ column, because: 'stands in the header twice', remedy: 'keep one of them' });
    } else {
      at.set(column, index);
    }
  }
  for (const column of COLUMN_NAMES) {
    if (COLUMNS[column].required && !at.has(column)) {
      faults.push({
        column,
        because: 'is missing from the header',
        remedy: `add it and ${COLUMNS[column].write}`,
      });
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, at, width: cells.length };
};

import { type ColumnName, columnOf, remedyFor } from './columns.ts';
import { CELL_CHARS_MAX } from './limits.ts';
import { faulty, type Parsed, parsed } from './problems.ts';

const INTEGER = /^[+-]?\d{1,15}$/;
const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/;
/** What a spreadsheet would run as a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r]/;
/** Control characters, and those that turn the direction of text round. */
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** The trimmed cell, refused where it would do harm in a spreadsheet or on a screen. */
export const readCell = (column: ColumnName, raw: string): Parsed<string> => {
  if (raw.length > CELL_CHARS_MAX) {
    return faulty(`has ${raw.length} characters, more than ${CELL_CHARS_MAX}`, remedyFor(column));
  }
  const value = raw.trim();
  const { numeric } = columnOf(column);
  if (!numeric && (FORMULA_START.test(raw) || FORMULA_START.test(value))) {
    return faulty(
      'starts with a character that a spreadsheet takes for a formula (=, +, -, @ or a tab)',
      `start with a letter or a digit: ${remedyFor(column)}`,
    );
  }
  if (UNPRINTABLE.test(value)) {
    return faulty('holds a control character or a line break', `remove it: ${remedyFor(column)}`);
  }
  return parsed(value);
};

/** A whole number; range is the schema's business. */
export const readInteger = (column: ColumnName, value: string): Parsed<number> => {
  if (INTEGER.test(value)) return parsed(Number(value));
  const because = NUMBER.test(value)
    ? 'is not a whole number'
    : value === ''
      ? 'is empty'
      : 'is not a number';
  return faulty(because, remedyFor(column));
};

export const readNumber = (column: ColumnName, value: string): Parsed<number> =>
  NUMBER.test(value) ? parsed(Number(value)) : faulty('is not a number', remedyFor(column));

/** The parts of a `;` list, trimmed; an empty cell is an empty list. */
export const listOf = (value: string): string[] =>
  value === '' ? [] : value.split(';').map((part) => part.trim());

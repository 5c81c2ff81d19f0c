import { usage } from '../errors.ts';

const RANGE = /^(\d+)(?:-(\d+))?$/;

/** Rows of a table that a person means, by number from 1, or by a name that the rows have. */
export type RowNames = readonly (readonly string[])[];

const namedBy = (option: string, part: string, rows: RowNames): number[] => {
  const range = RANGE.exec(part);
  if (!range) {
    const found = [...rows.keys()].filter((at) => rows[at]?.includes(part));
    if (found.length > 0) return found.map((at) => at + 1);
    throw usage(`${option}: no row of the plan is of "${part}"; write row numbers such as 1,3-5, or a force`);
  }
  const first = Number(range[1]);
  const last = Number(range[2] ?? range[1]);
  if (first < 1 || last < first || last > rows.length) {
    throw usage(`${option}: "${part}" are not rows of the plan, which has ${rows.length}`);
  }
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
};

/** Row numbers meant by `1,3-5,essex`. */
const rowsMeant = (option: string, written: string, rows: RowNames): Set<number> =>
  new Set(
    written
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .flatMap((part) => namedBy(option, part, rows)),
  );

/** The row numbers, from 1, that are left of a plan by `--only` and `--skip`. */
export const rowsLeft = (rows: RowNames, { only, skip }: { only?: string; skip?: string }): number[] => {
  const kept = only === undefined ? undefined : rowsMeant('--only', only, rows);
  const dropped = skip === undefined ? undefined : rowsMeant('--skip', skip, rows);
  return rows.map((_, at) => at + 1).filter((row) => (kept?.has(row) ?? true) && !dropped?.has(row));
};

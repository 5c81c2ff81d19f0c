import type { Written } from './written.ts';

type Known = Readonly<Record<string, unknown>>;

/** Under this name a list holds how many rows it has, and a row from which suggestion it began. */
const MARK = '#';
const markOf = (path: string): string => `${path}.${MARK}`;
export const isMark = (path: string): boolean => path.endsWith(`.${MARK}`);
const rowPath = (path: string, index: number): string => `${path}[${index}]`;

const countOf = (written: Written, path: string): number => Number(written[markOf(path)] ?? '0');

/** The paths of the rows of a list. */
export const rowsOf = (written: Written, path: string): string[] =>
  Array.from({ length: countOf(written, path) }, (_, index) => rowPath(path, index));

/** What a row began from; nothing for one that the person has added. */
export const rowOf = (written: Written, row: string, suggested: unknown): Known => {
  const from = written[markOf(row)];
  const found: unknown = from !== undefined && Array.isArray(suggested) ? suggested[Number(from)] : undefined;
  return (found ?? {}) as Known;
};

/** What says that a list begins with so many rows, each from its suggestion if there are any. */
export const startRows = (path: string, count: number, isSuggested: boolean): [string, string][] => [
  [markOf(path), String(count)],
  ...(isSuggested
    ? Array.from({ length: count }, (_, index): [string, string] => [
        markOf(rowPath(path, index)),
        String(index),
      ])
    : []),
];

/** The list with another row at its end. */
export const withRow = (written: Written, path: string): Written => ({
  ...written,
  [markOf(path)]: String(countOf(written, path) + 1),
});

/** The list without one of its rows; those behind it move up. */
export const withoutRow = (written: Written, path: string, gone: number): Written => {
  const entries = Object.entries(written).flatMap(([key, text]): [string, string][] => {
    if (!key.startsWith(`${path}[`)) return [[key, text]];
    const [, index = '', rest = ''] = /^\[(\d+)\](.*)$/.exec(key.slice(path.length)) ?? [];
    if (Number(index) === gone) return [];
    return [[`${rowPath(path, Number(index) - (Number(index) > gone ? 1 : 0))}${rest}`, text]];
  });
  return { ...Object.fromEntries(entries), [markOf(path)]: String(countOf(written, path) - 1) };
};

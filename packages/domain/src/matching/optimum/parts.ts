import { joined } from './joined.ts';
import type { OptimumModel } from './model.ts';

/** A part of a model that shares nothing with the others, and where its columns stand in the whole. */
export type Part = { model: OptimumModel; columns: readonly number[] };

type Rows = { columns: readonly number[] };

/** Splits a model into parts without a common line, limit or donor; each can be solved by itself. */
export const partsOf = ({ lines, columns, limits, strains }: OptimumModel): Part[] => {
  const ofLine = lines.map((): number[] => []);
  for (const [index, { line }] of columns.entries()) ofLine[line]?.push(index);
  const rows: Rows[] = [...limits, ...strains];
  const rootOf = joined(columns.length, [...rows.map((row) => row.columns), ...ofLine]);
  const partOf = ({ columns: [first = -1] }: Rows): number => rootOf[first] ?? -1;

  const parts = Map.groupBy(columns.keys(), (index) => rootOf[index] ?? -1);
  const place = new Int32Array(columns.length);
  for (const members of parts.values()) for (const [at, index] of members.entries()) place[index] = at;
  const [limitsOf, strainsOf] = [Map.groupBy(limits, partOf), Map.groupBy(strains, partOf)];
  const within = <T extends Rows>(all: readonly T[] = []): T[] =>
    all.map((row) => ({ ...row, columns: row.columns.map((index) => place[index] ?? 0) }));
  return [...parts].map(([root, members]) => {
    const own = [...new Set(members.map((index) => columns[index]?.line ?? 0))];
    const lineAt = new Map(own.map((line, at) => [line, at]));
    return {
      columns: members,
      model: {
        lines: own.flatMap((line) => lines[line] ?? []),
        columns: members.flatMap((index) => {
          const column = columns[index];
          return column ? [{ ...column, line: lineAt.get(column.line) ?? 0 }] : [];
        }),
        limits: within(limitsOf.get(root)),
        strains: within(strainsOf.get(root)),
      },
    };
  });
};

import type { OptimumModel } from './model.ts';

/** A part of a model that shares nothing with the others, and where its columns stand in the whole. */
export type Part = { model: OptimumModel; columns: readonly number[] };

const find = (parents: number[], node: number): number => {
  let root = node;
  for (let up = parents[root] ?? root; up !== root; up = parents[root] ?? root) root = up;
  parents[node] = root;
  return root;
};

/** Splits a model into parts without a common line, limit or donor; each can be solved by itself. */
export const partsOf = ({ lines, columns, limits, strains }: OptimumModel): Part[] => {
  const parents = columns.map((_, index) => index);
  const join = (all: readonly number[]): void => {
    const [first] = all;
    for (const each of all) parents[find(parents, each)] = find(parents, first ?? each);
  };
  for (const { columns: together } of [...limits, ...strains]) join(together);
  const ofLine = Map.groupBy(columns.keys(), (index) => columns[index]?.line);
  for (const together of ofLine.values()) join(together);

  const parts = Map.groupBy(columns.keys(), (index) => find(parents, index));
  return [...parts].map(([root, members]) => {
    const place = new Map(members.map((index, at) => [index, at]));
    const rows = [...new Set(members.map((index) => columns[index]?.line ?? 0))];
    const lineAt = new Map(rows.map((line, at) => [line, at]));
    const within = <T extends { columns: readonly number[] }>(all: readonly T[]): T[] =>
      all
        .filter((row) => row.columns[0] !== undefined && find(parents, row.columns[0]) === root)
        .map((row) => ({ ...row, columns: row.columns.map((index) => place.get(index) ?? 0) }));
    return {
      columns: members,
      model: {
        lines: rows.flatMap((line) => lines[line] ?? []),
        columns: members.flatMap((index) => {
          const column = columns[index];
          return column ? [{ ...column, line: lineAt.get(column.line) ?? 0 }] : [];
        }),
        limits: within(limits),
        strains: within(strains),
      },
    };
  });
};

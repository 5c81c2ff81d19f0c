import type { AskAnswer } from '@muster/contracts';

export type CoverRow = AskAnswer<'cover'>['rows'][number];

export type Cell = { free: number; taken: number; forces: number };
export type MatrixRow = {
  code: string;
  kind: CoverRow['kind'];
  cells: ReadonlyMap<string, Cell>;
  free: number;
};

/** Rows by code and kind, cells by region; what a region has nothing of has no cell. */
export const matrixOf = (rows: readonly CoverRow[]): MatrixRow[] => {
  const found = new Map<
    string,
    { code: string; kind: CoverRow['kind']; cells: Map<string, Cell>; free: number }
  >();
  for (const { code, kind, region, free, taken, forces } of rows) {
    const key = `${code} ${kind}`;
    const row = found.get(key) ?? { code, kind, cells: new Map<string, Cell>(), free: 0 };
    row.cells.set(region, { free, taken, forces });
    row.free += free;
    found.set(key, row);
  }
  return [...found.values()].sort((a, b) => a.code.localeCompare(b.code) || a.kind.localeCompare(b.kind));
};

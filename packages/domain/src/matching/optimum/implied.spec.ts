import { expect, it } from 'vitest';
import { withoutImplied } from './implied.ts';
import type { OptimumModel } from './model.ts';

const model = (limits: OptimumModel['limits'], strains: OptimumModel['strains'] = []): OptimumModel => ({
  lines: [],
  columns: [],
  limits,
  strains,
});
const limit = (columns: number[], most = 2) => ({ columns, most });

it('keeps the instants at which most is wanted of a capability', () => {
  const rising = [limit([0]), limit([0, 1]), limit([0, 1, 2])];
  const falling = [limit([1, 2]), limit([2])];
  expect(withoutImplied(model([...rising, ...falling])).limits).toEqual([limit([0, 1, 2])]);
});

it('keeps both peaks with a valley between them, and one of two that are the same', () => {
  const rows = [limit([0, 1]), limit([0, 1]), limit([1]), limit([1, 2])];
  expect(withoutImplied(model(rows)).limits).toEqual([limit([0, 1]), limit([1, 2])]);
});

it('keeps a smaller row that is tighter', () => {
  const rows = [limit([0], 1), limit([0, 1], 2)];
  expect(withoutImplied(model(rows)).limits).toEqual(rows);
});

it('keeps a strain with more lent, or less to lend from', () => {
  const wide = { columns: [0, 1], lent: 0, gross: 4 };
  const strains = [{ columns: [0], lent: 1, gross: 4 }, wide, { columns: [1], lent: 0, gross: 3 }];
  expect(withoutImplied(model([], strains)).strains).toEqual(strains);
  expect(withoutImplied(model([], [{ columns: [0], lent: 0, gross: 4 }, wide])).strains).toEqual([wide]);
});

import { expect, it } from 'vitest';
import { type CoverRow, matrixOf } from './matrix.ts';

const row = (over: Partial<CoverRow>): CoverRow => ({
  code: 'PO.PSU.L2',
  region: 'eastern',
  kind: 'unit',
  forces: 1,
  capabilities: 1,
  advertised: 3,
  taken: 1,
  free: 2,
  ...over,
});

it('has a row for each code and kind, a cell for each region that has any, and what is free in all', () => {
  const rows = matrixOf([row({}), row({ region: 'wales', free: 5 }), row({ code: 'CY.FCCU', kind: 'pool' })]);
  expect(rows).toEqual([
    {
      code: 'CY.FCCU',
      kind: 'pool',
      free: 2,
      cells: new Map([['eastern', { free: 2, taken: 1, forces: 1 }]]),
    },
    {
      code: 'PO.PSU.L2',
      kind: 'unit',
      free: 7,
      cells: new Map([
        ['eastern', { free: 2, taken: 1, forces: 1 }],
        ['wales', { free: 5, taken: 1, forces: 1 }],
      ]),
    },
  ]);
});

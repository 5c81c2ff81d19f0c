import { expect, it } from 'vitest';
import { rowsLeft } from './rows.ts';

const rows = [['essex'], ['kent'], ['essex'], ['surrey'], ['essex']];

it.each([
  [{}, [1, 2, 3, 4, 5]],
  [{ only: '2,4-5' }, [2, 4, 5]],
  [{ skip: '1, 3-4' }, [2, 5]],
  [{ only: 'essex' }, [1, 3, 5]],
  [{ only: 'essex,kent', skip: '3' }, [1, 2, 5]],
])('%j leaves the rows %j', (flags, left) => {
  expect(rowsLeft(rows, flags)).toEqual(left);
});

it.each(['0', '6', '4-2', 'durham', '3-9'])('says that "%s" is not in the plan', (only) => {
  expect(() => rowsLeft(rows, { only })).toThrow('plan');
});

import { expect, test } from 'vitest';
import { goneRows } from './stale.ts';

test('what no longer holds is named by its row of the plan, of which only some were sent', () => {
  const faults = [
    { path: 'assignments[1]', because: 'no-capacity: taken' },
    { path: 'assignments[9]', because: 'not sent' },
    { path: 'planId', because: 'other' },
  ];
  expect([...goneRows(faults, [0, 4, 6])]).toEqual([[4, 'no-capacity: taken']]);
});

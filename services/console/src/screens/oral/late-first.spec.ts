import { expect, test } from 'vitest';
import { lateFirst } from './late-first.ts';

test('what is late comes first, and else nothing changes its place', () => {
  const rows = [
    { id: 'newest', isLate: false },
    { id: 'newer, late', isLate: true },
    { id: 'older', isLate: false },
    { id: 'oldest, late', isLate: true },
  ];
  expect(lateFirst(rows).map(({ id }) => id)).toEqual(['newer, late', 'oldest, late', 'newest', 'older']);
});

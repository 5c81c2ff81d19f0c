import { expect, it } from 'vitest';
import { rowCursor } from './cursor.ts';

it('is the key of the last row of a page', () => {
  expect(rowCursor.safeParse('2026-11-26T21:00:00.000Z/kent/cyber-1').success).toBe(true);
});

it.each([
  'garbage',
  '',
  '2026-11-26T21:00:00.000Z/kent',
  '2026-11-26T21:00:00.000Z/kent/cyber-1/more',
  'yesterday/kent/cyber-1',
  '2026-11-26T21:00:00.000Z/ke.nt/cyber-1',
])('is refused as %j, with what to do', (text) => {
  const parsed = rowCursor.safeParse(text);
  expect(parsed.error?.issues).toMatchObject([{ message: expect.stringContaining('ask again without it') }]);
});

import { expect, it } from 'vitest';
import { pageOf } from './pages.ts';

const key = (row: string): string => row;

it('gives the newest rows first and goes on where the page ended', () => {
  const first = pageOf(['a', 'c', 'b'], key, { limit: 2 });
  expect(first).toEqual({ items: ['c', 'b'], cursor: 'b' });
  expect(pageOf(['a', 'c', 'b'], key, { limit: 2, cursor: first.cursor })).toEqual({ items: ['a'] });
});

it('is not shifted by rows that come in between', () => {
  expect(pageOf(['a', 'c', 'b', 'd'], key, { limit: 2, cursor: 'b' })).toEqual({ items: ['a'] });
});

it('has no cursor on the last page', () => {
  expect(pageOf(['a', 'b'], key, { limit: 2 })).toEqual({ items: ['b', 'a'] });
});

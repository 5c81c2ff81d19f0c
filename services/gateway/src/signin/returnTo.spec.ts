import { expect, test } from 'vitest';
import { returnPath } from './returnTo.ts';

test('a path of our own is kept with its query', () => {
  expect(returnPath('/requests/kent/r-1?tab=offers#top')).toBe('/requests/kent/r-1?tab=offers#top');
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/..//evil.example/',
  '/.//evil.example',
  'javascript:alert(1)',
  'relative',
  '/auth/login?return=/auth/login',
  `/${'a'.repeat(3_000)}`,
  '/a\r\nset-cookie: x=1',
  '',
  undefined,
  ['/a'],
])('%j leads home', (given) => {
  expect(returnPath(given)).toBe('/');
});

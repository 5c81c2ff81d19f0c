import { expect, it } from 'vitest';
import type { Notice } from './notices.ts';
import { ONE_BY_ONE_MAX, tellingsOf } from './words.ts';

const nameOf = (org: string): string => org.toUpperCase();

const notice = (id: string, over: Partial<Notice> = {}): Notice => ({
  ...{ id, kind: 'answer', host: 'kent', requestId: 'r', lineIds: ['a'], isLate: false, commands: [] },
  ...{ item: { kind: 'request', owner: 'kent', id: 'r' }, about: 'ransomware at the mill' },
  ...over,
});

it('says what to do, for whom and by when, and no word that a person wrote', () => {
  const essex = { mode: 'exercise', org: 'essex' } as const;
  const [told] = tellingsOf([notice('n', { by: '2026-11-26T18:00:00Z' })], essex, nameOf);
  expect(told).toMatchObject({
    title: 'EXERCISE: Offer or decline',
    body: 'ESSEX, for KENT, by Thu 26 Nov, 18:00',
  });
  expect(JSON.stringify([told?.title, told?.body])).not.toContain('mill');
});

it('tells of many at one time together', () => {
  const kent = { mode: 'actual', org: 'kent' } as const;
  const some = Array.from({ length: ONE_BY_ONE_MAX }, (_, n) => notice(`n-${n}`));
  expect(tellingsOf(some, kent, nameOf)).toHaveLength(ONE_BY_ONE_MAX);
  const [all, ...more] = tellingsOf([...some, notice('late', { isLate: true })], kent, nameOf);
  expect(all).toMatchObject({ title: '4 things wait for you', body: 'KENT, 1 late', about: undefined });
  expect(more).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { matchId, shortener } from './ids.ts';

const match = (written: string, ids: string[]) => matchId(written, ids, (id) => id);

describe('the beginning of an id', () => {
  it('means the one that begins so', () => {
    expect(match('ab', ['abc', 'xyz'])).toEqual({ kind: 'one', item: 'abc' });
    expect(match('q', ['abc'])).toEqual({ kind: 'none' });
    expect(match('a', ['abc', 'abd'])).toEqual({ kind: 'several', items: ['abc', 'abd'] });
  });

  it('means the whole id first', () => {
    expect(match('abc', ['abc', 'abcd'])).toEqual({ kind: 'one', item: 'abc' });
  });
});

describe('a shortened id', () => {
  it('is as short as it can be and still be told from the others', () => {
    const short = shortener(['12345678-a', '12345678-b', '99999999-z']);
    expect(['12345678-a', '12345678-b', '99999999-z'].map(short)).toEqual([
      '12345678-a',
      '12345678-b',
      '99999999-z',
    ]);
    expect(shortener(['0123456789', 'abcdefghij'])('0123456789')).toBe('01234567');
    expect(shortener([])('anything-at-all')).toBe('anything');
  });
});

import { expect, it } from 'vitest';
import { TOLD_MAX, untoldOf } from './told.ts';

it('tells of what nobody was told of before, and keeps both', () => {
  expect(untoldOf([], ['a', 'b'])).toEqual({ untold: ['a', 'b'], kept: ['a', 'b'] });
  expect(untoldOf(['a', 'b'], ['b', 'c'])).toEqual({ untold: ['c'], kept: ['a', 'b', 'c'] });
  expect(untoldOf(['a'], ['a'])).toEqual({ untold: [], kept: ['a'] });
});

it('keeps so many, the newest', () => {
  const ids = Array.from({ length: TOLD_MAX }, (_, n) => `n-${n}`);
  const { kept } = untoldOf(['oldest', ...ids], ['newest']);
  expect(kept).toEqual([...ids.slice(1), 'newest']);
});

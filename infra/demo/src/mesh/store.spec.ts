import { describe, expect, it } from 'vitest';
import { damageOf } from './store.ts';

const stream = (name: string, lastSeq: number, messages = lastSeq) => ({
  name,
  messages,
  firstSeq: 1,
  lastSeq,
});

describe('a store', () => {
  it('is damaged where a stream is gone, shorter than it was, or has holes', () => {
    const known = { ASSISTANCE_ACTUAL: 9, HOME_ACTUAL: 5 };
    expect(damageOf(known, [stream('ASSISTANCE_ACTUAL', 8)])).toEqual([
      'ASSISTANCE_ACTUAL ends at 8, but had reached 9',
      'HOME_ACTUAL is gone',
    ]);
    expect(damageOf({}, [stream('HOME_ACTUAL', 5, 4)])).toEqual(['HOME_ACTUAL has 4 of 5 records']);
    expect(damageOf(known, [stream('ASSISTANCE_ACTUAL', 9), stream('HOME_ACTUAL', 7)])).toEqual([]);
  });

  it('may hold an exercise that was reset since, but no hole in it', () => {
    const known = { ASSISTANCE_EXERCISE: 9, HOME_EXERCISE: 5 };
    expect(damageOf(known, [stream('ASSISTANCE_EXERCISE', 2)])).toEqual([]);
    expect(damageOf(known, [stream('ASSISTANCE_EXERCISE', 2, 1)])).toHaveLength(1);
  });
});

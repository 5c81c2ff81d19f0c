import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstOf } from './first.ts';

type Item = { key: number; place: number };
const byKey = (a: Item, b: Item): number => a.key - b.key;

it('gives what sorting all of them and cutting off would give, in any number', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
      fc.integer({ min: -1, max: 61 }),
      (keys, count) => {
        const all = keys.map((key, place) => ({ key, place }));
        expect(firstOf(all, count, byKey)).toEqual(all.toSorted(byKey).slice(0, Math.max(0, count)));
        expect(all.map(({ place }) => place)).toEqual([...keys.keys()]);
      },
    ),
  );
});

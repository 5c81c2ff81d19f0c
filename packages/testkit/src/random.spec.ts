import { expect, it } from 'vitest';
import { seeded } from './random.ts';

const draw = (seed: number) => {
  const random = seeded(seed);
  return Array.from({ length: 50 }, () => random.next());
};

it('gives one sequence for one seed and another for another', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(seeded(1).next()).toBe(0.6270739405881613);
});

it('stays inside its ranges and reaches both ends', () => {
  const random = seeded(3);
  const drawn = new Set(Array.from({ length: 200 }, () => random.int(2, 5)));
  expect([...drawn].sort()).toEqual([2, 3, 4, 5]);
});

it('shuffles without loss and leaves its argument alone', () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8];
  const shuffled = seeded(5).shuffle(items);
  expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort()).toEqual(items);
});

it('forks by name, whatever was drawn before', () => {
  const random = seeded(9);
  const before = random.fork('clients').next();
  random.next();
  expect(random.fork('clients').next()).toBe(before);
  expect(random.fork('brokers').next()).not.toBe(before);
});

it('refuses to pick from nothing', () => {
  expect(() => seeded(1).pick([])).toThrow(RangeError);
});

import { expect, it } from 'vitest';
import { createFence } from './fence.ts';

const controlled = () => {
  const looks: PromiseWithResolvers<boolean>[] = [];
  const fence = createFence(() => {
    const look = Promise.withResolvers<boolean>();
    looks.push(look);
    return look.promise;
  });
  return { looks, fence };
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

it('shares one further look among all who come while one is under way', async () => {
  const { looks, fence } = controlled();
  const first = fence();
  const second = fence();
  const third = fence();
  expect(looks).toHaveLength(1);
  looks[0]?.resolve(true);
  expect(await first).toBe(true);
  await settle();
  expect(looks).toHaveLength(2);
  looks[1]?.resolve(false);
  expect(await Promise.all([second, third])).toEqual([false, false]);
});

it('looks again for one who comes after the last look ended', async () => {
  const { looks, fence } = controlled();
  const first = fence();
  looks[0]?.resolve(true);
  await first;
  await settle();
  const second = fence();
  expect(looks).toHaveLength(2);
  looks[1]?.resolve(true);
  expect(await second).toBe(true);
});

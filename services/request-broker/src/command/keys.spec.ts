import { expect, it } from 'vitest';
import { createKeyedMutex } from './keys.ts';

it('gives a key to the next holder only when it was given back', async () => {
  const mutex = createKeyedMutex();
  const order: string[] = [];
  const first = await mutex.hold(['a']);
  const second = mutex.hold(['a']).then((release) => {
    order.push('second');
    release();
  });
  order.push('first');
  first();
  await second;
  expect(order).toEqual(['first', 'second']);
});

it('lets holders of different keys pass each other', async () => {
  const mutex = createKeyedMutex();
  const a = await mutex.hold(['a']);
  const b = await mutex.hold(['b']);
  a();
  b();
});

it('does not deadlock when two ask for the same keys in another order', async () => {
  const mutex = createKeyedMutex();
  const use = async (keys: string[]): Promise<string> => {
    const release = await mutex.hold(keys);
    await Promise.resolve();
    release();
    return keys.join();
  };
  const done = await Promise.all([use(['a', 'b']), use(['b', 'a']), use(['b', 'c', 'a'])]);
  expect(done).toEqual(['a,b', 'b,a', 'b,c,a']);
});

it('takes a key named twice once', async () => {
  const mutex = createKeyedMutex();
  const release = await mutex.hold(['a', 'a']);
  release();
  (await mutex.hold(['a']))();
});

import { describe, expect, it } from 'vitest';
import { createTurns } from './force/turns.ts';
import { inParallel } from './parallel.ts';

describe('inParallel', () => {
  it('runs every item, and never more than its width at once', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('throws the first error and starts nothing after it', async () => {
    const started: number[] = [];
    const running = inParallel([1, 2, 3], 1, async (item) => {
      started.push(item);
      if (item === 2) throw new Error('two');
    });
    await expect(running).rejects.toThrow('two');
    expect(started).toEqual([1, 2]);
  });
});

describe('turns', () => {
  it('run one after the other, also after one that failed', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const slow = turns.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('slow');
      throw new Error('slow failed');
    });
    const quick = turns.run(async () => order.push('quick'));
    await expect(slow).rejects.toThrow('slow failed');
    await quick;
    await turns.idle();
    expect(order).toEqual(['slow', 'quick']);
  });
});

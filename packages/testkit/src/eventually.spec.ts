import { expect, it } from 'vitest';
import { eventually } from './eventually.ts';

it('returns the first thing seen, past errors and nothing', async () => {
  let looks = 0;
  const seen = await eventually(() => {
    looks += 1;
    if (looks === 1) throw new Error('not yet');
    return looks === 3 ? 'there' : undefined;
  });
  expect(seen).toBe('there');
});

it('gives up at the deadline and tells the last error', async () => {
  const wait = eventually(
    () => {
      throw new Error('never');
    },
    { deadlineMs: 40, what: 'a miracle' },
  );
  await expect(wait).rejects.toMatchObject({
    message: 'did not happen within 40 ms: a miracle',
    cause: { message: 'never' },
  });
});

import type { StoredEventView } from '@muster/contracts';
import type { StoredEvent } from '@muster/mesh';
import { expect, it } from 'vitest';
import { createArchive } from './archive.ts';

const stored = (seq: number): StoredEvent =>
  ({ seq, subject: `s${seq}`, envelope: {}, event: { data: { seq } } }) as unknown as StoredEvent;

const filled = () => {
  const fetched: number[] = [];
  const archive = createArchive({
    fetch: async (seq) => {
      fetched.push(seq);
      return seq === 99 ? undefined : ({ seq, subject: 'old' } as StoredEventView);
    },
    recentMax: 2,
    parallelMax: 2,
  });
  for (const seq of [1, 2, 3, 4]) archive.add(stored(seq));
  return { archive, fetched };
};

it('keeps the recent events and fetches the older ones, in the order asked for', async () => {
  const { archive, fetched } = filled();
  const views = await archive.read([1, 2, 3, 4]);
  expect(views.map(({ seq, subject }) => `${seq} ${subject}`)).toEqual(['1 old', '2 old', '3 s3', '4 s4']);
  expect(fetched).toEqual([1, 2]);
});

it('says so when the stream does not give back what was read before', async () => {
  const { archive } = filled();
  await expect(archive.read([99])).rejects.toThrow(/did not give back sequence 99/);
});

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReadersNews, ReadersOrder } from './readers.ts';

export type ReaderState = Extract<ReadersNews, { told: 'state' }>;

/** Readers of a stream in a process of their own. */
export type Readers = {
  /** What they have got up to now. */
  state(): Promise<ReaderState>;
  stop(): Promise<void>;
};

/** Opens so many readers; resolves when each has got something. */
export const startReaders = async (url: string, cookie: string, count: number): Promise<Readers> => {
  const child = fork(fileURLToPath(new URL('./readers.ts', import.meta.url)), { serialization: 'advanced' });
  const ask = async (order: ReadersOrder): Promise<ReadersNews> => {
    const answer = once(child, 'message');
    child.send(order);
    return (await answer)[0] as ReadersNews;
  };
  const opened = await ask({ do: 'open', url, cookie, count });
  if (opened.told === 'failed') {
    child.kill();
    throw new Error(opened.because);
  }
  return {
    state: async () => (await ask({ do: 'tell' })) as ReaderState,
    stop: async () => {
      const ended = once(child, 'exit');
      child.send({ do: 'stop' } satisfies ReadersOrder);
      await ended;
    },
  };
};

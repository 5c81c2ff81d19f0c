import { Worker } from 'node:worker_threads';
import type { Sheet } from './sheet.ts';

/** What is to be printed, and to where: the path without its ending. */
export type Order = { id: number; base: string; sheet: Sheet };
/** `because` tells what went wrong. */
export type Done = { id: number; because?: string };

/** How long a press that has nothing to print is kept, in milliseconds: its thread holds fonts and some 40 MiB. */
const IDLE_MS_MAX = 2_000;

/** Makes files of sheets in a thread of its own: a long table would hold up everyone who waits for an answer. */
export type Press = {
  /** @throws Error when it could not be written. */
  print(base: string, sheet: Sheet): Promise<void>;
  /** A thread is there; it ends when it has had nothing to print for a while, and comes with the next sheet. */
  isRunning(): boolean;
  stop(): Promise<void>;
};

type Waiting = { resolve: () => void; reject: (error: Error) => void };

export const openPress = (idleMsMax = IDLE_MS_MAX): Press => {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const failAll = (error: Error): void => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const rest = (): void => {
    if (waiting.size > 0) return;
    idle = setTimeout(() => {
      const resting = worker;
      worker = undefined;
      void resting?.terminate();
    }, idleMsMax).unref();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./worker.ts', import.meta.url));
    started.on('message', ({ id, because }: Done) => {
      const one = waiting.get(id);
      waiting.delete(id);
      if (because === undefined) one?.resolve();
      else one?.reject(new Error(because));
      rest();
    });
    started.on('error', failAll);
    started.unref();
    worker = started;
    return started;
  };

  return {
    print: (base, sheet) => {
      clearTimeout(idle);
      const printer = worker ?? start();
      last += 1;
      const order: Order = { id: last, base, sheet };
      return new Promise((resolve, reject) => {
        waiting.set(order.id, { resolve, reject });
        printer.postMessage(order);
      });
    },
    isRunning: () => worker !== undefined,
    stop: async () => {
      clearTimeout(idle);
      await worker?.terminate();
      failAll(new Error('the printing has been stopped'));
    },
  };
};

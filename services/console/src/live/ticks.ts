import { useSyncExternalStore } from 'react';
import { nowMs } from '../clock.ts';

const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (listen: () => void): (() => void) => {
  listeners.add(listen);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listen);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** Words that depend on the time; drawn again only when they change. */
export const useTicking = (words: (now: number) => string): string =>
  useSyncExternalStore(subscribe, () => words(nowMs()));

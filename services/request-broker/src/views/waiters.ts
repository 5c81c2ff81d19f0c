/** Those who wait for news of a certain kind. */
export type Waiters<T> = {
  /** True when news that fits came within the time, false when it passed or everything stopped. */
  wait(fits: (news: T) => boolean, timeoutMs: number): Promise<boolean>;
  tell(news: T): void;
  stop(): void;
};

export const createWaiters = <T>(): Waiters<T> => {
  const waiting = new Set<{ fits: (news: T) => boolean; end: (came: boolean) => void }>();
  let stopped = false;
  return {
    wait(fits, timeoutMs) {
      if (stopped || timeoutMs <= 0) return Promise.resolve(false);
      return new Promise((resolve) => {
        const end = (came: boolean): void => {
          clearTimeout(timer);
          waiting.delete(waiter);
          resolve(came);
        };
        const waiter = { fits, end };
        const timer = setTimeout(() => end(false), timeoutMs);
        waiting.add(waiter);
      });
    },
    tell(news) {
      for (const waiter of waiting) if (waiter.fits(news)) waiter.end(true);
    },
    stop() {
      stopped = true;
      for (const waiter of waiting) waiter.end(false);
    },
  };
};

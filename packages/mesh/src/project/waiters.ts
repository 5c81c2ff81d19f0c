/** Those who wait for a position. */
export type Waiters = {
  wait(seq: number, timeoutMs: number): Promise<boolean>;
  reached(seq: number): void;
  /** Tells everyone that it will not come. */
  giveUp(): void;
  /** The furthest position that someone waits for; 0 when nobody waits. */
  furthest(): number;
};

type Waiter = { seq: number; settle: (reached: boolean) => void };

export const createWaiters = (): Waiters => {
  const waiting = new Set<Waiter>();
  const settle = (waiter: Waiter, reached: boolean): void => {
    waiting.delete(waiter);
    waiter.settle(reached);
  };
  return {
    wait: (seq, timeoutMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => settle(waiter, false), timeoutMs);
        const waiter: Waiter = {
          seq,
          settle: (reached) => {
            clearTimeout(timer);
            resolve(reached);
          },
        };
        waiting.add(waiter);
      }),
    reached: (seq) => {
      if (waiting.size === 0) return;
      for (const waiter of waiting) if (waiter.seq <= seq) settle(waiter, true);
    },
    giveUp: () => {
      for (const waiter of waiting) settle(waiter, false);
    },
    furthest: () => {
      let furthest = 0;
      for (const { seq } of waiting) furthest = Math.max(furthest, seq);
      return furthest;
    },
  };
};

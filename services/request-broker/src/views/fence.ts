/**
 * Resolves once this replica has read everything that was stored before the call; false when that could
 * not be established in time.
 */
export type Fence = () => Promise<boolean>;

/**
 * Shares one look at the server among all who ask at about the same time: those who come while a look is
 * under way wait for the next one, since the present one may have begun before what they must see.
 */
export const createFence = (look: () => Promise<boolean>): Fence => {
  let running: Promise<boolean> | undefined;
  let queued: Promise<boolean> | undefined;

  const start = (): Promise<boolean> => {
    const run = look().finally(() => {
      if (running === run) running = undefined;
    });
    running = run;
    return run;
  };

  const next = async (current: Promise<boolean>): Promise<boolean> => {
    await current.catch(() => false);
    queued = undefined;
    return start();
  };

  return () => {
    if (!running) return start();
    queued ??= next(running);
    return queued;
  };
};

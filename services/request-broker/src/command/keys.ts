/** Gives the keys back. */
export type Release = () => void;

/**
 * Lets one holder at a time have each key within this process, first come first served. It saves the
 * process from racing against itself; safety comes from compare-and-set.
 */
export type KeyedMutex = { hold(keys: readonly string[]): Promise<Release> };

export const createKeyedMutex = (): KeyedMutex => {
  const tails = new Map<string, Promise<void>>();

  const holdOne = async (key: string): Promise<Release> => {
    const before = tails.get(key);
    const { promise, resolve } = Promise.withResolvers<void>();
    tails.set(key, promise);
    if (before) await before;
    return () => {
      if (tails.get(key) === promise) tails.delete(key);
      resolve();
    };
  };

  return {
    async hold(keys) {
      const releases: Release[] = [];
      // In one order for everybody, so that two holders never wait for each other.
      for (const key of [...new Set(keys)].sort()) releases.push(await holdOne(key));
      return () => {
        for (const release of releases) release();
      };
    },
  };
};

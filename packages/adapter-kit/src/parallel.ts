/**
 * Runs `task` for every item, at most `width` at a time, in the order of the items.
 * The first error is thrown after those that run have ended; no further item is started.
 */
export const inParallel = async <T>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = items.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const item of waiting) {
      if (failures.length > 0) return;
      try {
        await task(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
};

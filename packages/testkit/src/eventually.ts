export type EventuallyOptions = {
  /** Give up after this time, in milliseconds; default 15,000, since a busy machine is slow and not wrong. */
  deadlineMs?: number;
  /** Time between two looks, in milliseconds; default 15. */
  everyMs?: number;
  /** What is waited for, for the error. */
  what?: string;
};

const DEADLINE_MS_DEFAULT = 15_000;
const EVERY_MS_DEFAULT = 15;

/**
 * Looks again and again until `look` gives something other than undefined, null or false without throwing,
 * and returns that.
 * @throws Error when the deadline passes first; its cause is what the last look threw.
 */
export const eventually = async <T>(
  look: () => T | Promise<T>,
  options: EventuallyOptions = {},
): Promise<NonNullable<T>> => {
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS_DEFAULT;
  const end = performance.now() + deadlineMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) return seen;
      last = undefined;
    } catch (cause) {
      last = cause;
    }
    if (performance.now() > end) {
      throw new Error(`did not happen within ${deadlineMs} ms: ${options.what ?? look.toString()}`, {
        cause: last,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? EVERY_MS_DEFAULT));
  }
};

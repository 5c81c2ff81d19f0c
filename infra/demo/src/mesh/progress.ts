/** What takes longer than this is told, and told again as often, in milliseconds. */
export const PROGRESS_MS = 2_000;

/** Waits for work; while it goes on, tells every now and then how it stands. */
export const telling = async <T>(
  say: (line: string) => void,
  standing: () => string,
  work: Promise<T>,
): Promise<T> => {
  const timer = setInterval(() => say(standing()), PROGRESS_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
};

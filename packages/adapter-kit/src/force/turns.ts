/** Runs tasks one after the other, in the order in which they were given. */
export type Turns = {
  /** The task's own result or error; an error does not stop those that wait. */
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves when all given so far have ended. */
  idle(): Promise<void>;
};

export const createTurns = (): Turns => {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run: (task) => {
      const done = tail.then(task);
      tail = done.catch(() => undefined);
      return done;
    },
    idle: () => tail.then(() => undefined),
  };
};

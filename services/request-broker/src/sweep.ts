/** A pass that is repeated for as long as it is not stopped, never twice at once. */
export type Sweep = { stop(): Promise<void> };

/** Runs the pass at once and then at the interval; a pass that fails is reported and tried again. */
export const startSweep = (
  pass: () => Promise<void>,
  o: { everyMs: number; report(error: unknown): void },
): Sweep => {
  let running: Promise<void> | undefined;
  const run = (): void => {
    running ??= pass()
      .catch(o.report)
      .finally(() => {
        running = undefined;
      });
  };
  run();
  const timer = setInterval(run, o.everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
};

import type { Logger } from 'pino';

/**
 * Ends the process in order on SIGTERM or SIGINT: with 0 once everything is stopped, with 1 when that fails.
 * @returns whether it is stopping, by which a lost connection is told from one that was closed.
 */
export const stopOnSignal = (log: Logger, stop: () => Promise<void>): (() => boolean) => {
  let stopping = false;
  const inOrder = async (signal: string): Promise<void> => {
    stopping = true;
    log.info({ signal }, 'stopping');
    await stop();
    log.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      inOrder(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'could not stop in order');
          process.exit(1);
        },
      );
    });
  }
  return () => stopping;
};

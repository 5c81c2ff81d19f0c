import type { MusterEvent } from '@muster/contracts';
import type { Appender } from '@muster/mesh';

/** Places at which a test may make the process die, as a power cut would. */
export const FAULT_POINTS = ['before-confirming', 'after-confirming'] as const;
export type FaultName = (typeof FAULT_POINTS)[number];

/** Exit code of a process that was killed with SIGKILL. */
const KILLED_EXIT_CODE = 137;

const confirms = (event: MusterEvent): boolean =>
  event.type === 'muster.home.recorded.v1' && event.data.entries.some(({ kind }) => kind === 'confirmed');

/** An appender with which the process dies before or after it has stored a confirmation. */
export const dyingAt = (appender: Appender, chosen: FaultName): Appender => ({
  ...appender,
  async append(request) {
    const isConfirming = request.events.some(confirms);
    if (isConfirming && chosen === 'before-confirming') process.exit(KILLED_EXIT_CODE);
    const outcome = await appender.append(request);
    if (isConfirming) process.exit(KILLED_EXIT_CODE);
    return outcome;
  },
});

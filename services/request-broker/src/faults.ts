/** Places at which a test may make the process die, as a power cut would. */
export const FAULT_POINTS = [
  'after-append-before-answer',
  'after-reserve-before-answer',
  'between-home-event-and-append',
  'between-append-and-arm',
  'before-append',
] as const;
export type FaultName = (typeof FAULT_POINTS)[number];

/** Dies here when this is the place that a test has chosen; otherwise does nothing. */
export type FaultPoint = (name: FaultName) => void;

export const noFaults: FaultPoint = () => undefined;

/** Exit code of a process that was killed with SIGKILL. */
const KILLED_EXIT_CODE = 137;

export const dieAt =
  (chosen: FaultName): FaultPoint =>
  (name) => {
    if (name === chosen) process.exit(KILLED_EXIT_CODE);
  };

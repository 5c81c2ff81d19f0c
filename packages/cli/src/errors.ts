import type { FieldFault } from '@muster/contracts';

/** Exit codes, so that a script can tell what to do next. */
export const EXIT = {
  ok: 0,
  /** A fault of ours. */
  unexpected: 1,
  /** The command line or a file given to it is wrong; nothing was sent. */
  usage: 2,
  /** The mesh refused; nothing was stored. */
  refused: 3,
  notFound: 4,
  /** No broker, no service, or no access. */
  unreachable: 5,
  /** Sent, but whether it was stored is not known; run it again with the same command id. */
  unknown: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Exit codes:
  0  done
  1  unexpected fault
  2  the command line or a file is wrong; nothing was sent
  3  refused by the mesh; nothing was stored
  4  not found
  5  no broker or service answers, or it refuses these credentials
  6  outcome unknown: run it again with the --command-id shown`;

export type CliFault = {
  exit: ExitCode;
  /** Stable name for scripts: a refusal code of the mesh or one of ours. */
  code: string;
  because: string;
  /** What the person can do about it. */
  remedy?: string | undefined;
  fields?: readonly FieldFault[] | undefined;
  commandId?: string | undefined;
};

/** A fault that ends the command; what is printed and with which code the process ends is in `fault`. */
export class CliError extends Error {
  readonly fault: CliFault;
  constructor(fault: CliFault, options?: ErrorOptions) {
    super(fault.because, options);
    this.name = 'CliError';
    this.fault = fault;
  }
}

export const usage = (because: string, fields?: readonly FieldFault[]): CliError =>
  new CliError({ exit: EXIT.usage, code: 'usage', because, fields });

export const notFound = (because: string, remedy: string): CliError =>
  new CliError({ exit: EXIT.notFound, code: 'not-found', because, remedy });

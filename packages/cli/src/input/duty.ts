import type { Duty } from '@muster/contracts';
import type { Command } from 'commander';
import { whole } from '../commands/run.ts';
import { timeIfGiven } from '../commands/written.ts';
import type { Io } from '../io.ts';

/** What options say of the working time of units. */
export type DutyFlags = { dutyStart?: string; worked?: number; rested?: string; travel?: number };

/** Minutes in a week. */
const MINUTES_MAX = 10_080;

/** Adds the options that tell how long units have been at work already. */
export const withDuty = (command: Command): Command =>
  command
    .option('--duty-start <time>', 'when the duty of the units began')
    .option('--worked <minutes>', 'minutes that they have worked already', whole(0, MINUTES_MAX))
    .option('--rested <time>', 'when their last rest ended')
    .option('--travel <minutes>', 'minutes on the road to the report-to point', whole(0, MINUTES_MAX));

/** The working time that options tell; nothing where none was given. */
export const dutyOf = (io: Io, flags: DutyFlags): { duty?: Duty } => {
  const dutyStart = timeIfGiven(io, '--duty-start', flags.dutyStart);
  const lastRestEnd = timeIfGiven(io, '--rested', flags.rested);
  const duty: Duty = {
    ...(dutyStart === undefined ? {} : { dutyStart }),
    ...(flags.worked === undefined ? {} : { workedMinutes: flags.worked }),
    ...(lastRestEnd === undefined ? {} : { lastRestEnd }),
    ...(flags.travel === undefined ? {} : { travelMinutes: flags.travel }),
  };
  return Object.keys(duty).length === 0 ? {} : { duty };
};

export const OVERRIDE_OPTION = [
  '--override <reason>',
  'take units that should rest or have been on duty for too long, and why; it is on record',
] as const;

/** The override that an option gives; nothing where none was given. */
export const overrideOf = (flags: { override?: string }): { override?: { reason: string } } =>
  flags.override === undefined ? {} : { override: { reason: flags.override } };

import { COMMANDS, type MatchingWeights, WEIGHT_MAX } from '@muster/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { usage } from '../errors.ts';
import type { Io } from '../io.ts';
import { policyOutput, TERMS } from '../output/policy.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked, commandIdOf } from './written.ts';

type SetFlags = Partial<MatchingWeights> & { reason: string; replaces?: string; commandId?: string };

const show = async (session: Session): Promise<Output> =>
  policyOutput(await session.ask('matching-policy', {}), session.io.color);

const set = async (session: Session, flags: SetFlags): Promise<Output> => {
  const { inForce } = await session.ask('matching-policy', {});
  const given = Object.fromEntries(
    TERMS.filter((term) => flags[term] !== undefined).map((term) => [term, flags[term]]),
  );
  if (Object.keys(given).length === 0) throw usage('name at least one weight to change');
  const body = checked(
    COMMANDS['matching-policy-set'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('national-centre'),
      weights: { ...inForce.weights, ...given },
      replaces: flags.replaces ?? inForce.version,
      reason: flags.reason,
    },
    'The weights',
  );
  const stored = await session.command('matching-policy-set', body);
  return storedOutput(stored, {
    done: `Candidates are ranked by these weights from now on, instead of version ${body.replaces}.`,
    ids: {},
    next: [`muster policy show --as ${session.org}`],
  });
};

const weight = (text: string): number => {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value <= WEIGHT_MAX) return value;
  throw new InvalidArgumentError(`Use a number from 0 to ${WEIGHT_MAX}.`);
};

/** `muster policy` and what is below it: by which weights candidates are ranked. */
export const addPolicy = (program: Command, io: Io): void => {
  const policy = program.command('policy').description('by which weights candidates are ranked');
  withExamples(
    policy
      .command('show')
      .description('the weights in force, and those before them')
      .action((_flags: object, command: Command) => run(io, command, show)),
    'muster policy show --as kent',
  );
  withExamples(
    policy
      .command('set')
      .description('change weights, as a post of the national centre with a delegation for every code')
      .option('--lateness <points>', 'for each minute after the start of the line', weight)
      .option('--travel <points>', 'for each minute on the road', weight)
      .option('--tier <points>', 'for a donor outside the region', weight)
      .option('--strain <points>', 'for lending all that the donor has of the code', weight)
      .option('--reserve <points>', 'for taking only what the donor keeps back for itself', weight)
      .option('--skill-fit <points>', 'for each scheme held that is not asked for', weight)
      .option('--cost <points>', 'for each pound that a unit is assumed to cost', weight)
      .option('--replaces <version>', 'the version that you saw in force (default: as it is now)')
      .requiredOption('--reason <text>', 'why')
      .option(...COMMAND_ID_OPTION)
      .action((flags: SetFlags, command: Command) => run(io, command, (session) => set(session, flags))),
    'muster policy set --as npocc --desk npocc-duty --lateness 2 --tier 0 --reason "minutes count for more"',
  );
};

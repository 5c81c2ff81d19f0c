import { COMMANDS, type DeploymentView } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { OVERRIDE_OPTION, overrideOf } from '../input/duty.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { head, unitsOf } from './recall.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked, timeIfGiven, timeOption } from './written.ts';

type AskFlags = { until: string; because: string; answerBy?: string; commandId?: string };

const ask = async (session: Session, id: string, flags: AskFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const answerBy = timeIfGiven(session.io, '--answer-by', flags.answerBy);
  const body = checked(
    COMMANDS['extension-ask'],
    {
      ...head(session, view, flags),
      newEnd: timeOption(session.io, '--until', flags.until),
      reason: flags.because,
      ...(answerBy === undefined ? {} : { answerBy }),
    },
    'The ask',
  );
  const stored = await session.command('extension-ask', body);
  return storedOutput(stored, {
    done: `${view.donor} is asked to leave ${unitsOf(view)} until ${showTime(body.newEnd)}; until it has said so and its ledger has the time, they go home ${showTime(view.to)}.`,
    ids: { 'deployment id': view.deploymentId, 'extension id': stored.commandId },
    next: [`muster extension answer ${view.deploymentId} accept --as ${view.donor}`],
  });
};

type AnswerFlags = {
  condition?: string;
  restPlan?: string;
  reason?: string;
  because?: string;
  override?: string;
  commandId?: string;
};

const askedOf = ({ deploymentId, extension }: DeploymentView): NonNullable<DeploymentView['extension']> => {
  if (extension) return extension;
  throw usage(`Nobody asks to keep the units of deployment ${deploymentId} for longer`);
};

const DONE = {
  accept: 'Accepted: your ledger now confirms the time, and then the end moves',
  decline: 'Declined: the units go home as planned',
  provisional: 'The host has your condition; once it is met, accept',
} as const;

const answer = async (session: Session, id: string, written: string, flags: AnswerFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const { extensionId, newEnd } = askedOf(view);
  const body = checked(
    COMMANDS['extension-answer'],
    {
      ...head(session, view, flags),
      extensionId,
      // The contract names the answers and the reasons that there are.
      answer: written as 'accept',
      ...(flags.condition === undefined ? {} : { condition: flags.condition }),
      ...(flags.restPlan === undefined ? {} : { restPlan: flags.restPlan }),
      ...(flags.reason === undefined ? {} : { reasonCode: flags.reason as 'other' }),
      ...(flags.because === undefined ? {} : { reason: flags.because }),
      ...overrideOf(flags),
    },
    'The answer',
  );
  const stored = await session.command('extension-answer', body);
  return storedOutput(stored, {
    done: `${DONE[body.answer]} (${unitsOf(view)}, asked for until ${showTime(newEnd)}).`,
    ids: { 'deployment id': view.deploymentId, 'extension id': extensionId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

const DEPLOYMENT = ['<deployment>', 'its id, or the unique beginning of it'] as const;

/** `muster extension` and what is below it. */
export const addExtension = (program: Command, io: Io): void => {
  const extension = program.command('extension').description('keep units for longer; never without a yes');
  withExamples(
    extension
      .command('ask')
      .description('as host: ask the donor to leave its units for longer')
      .argument(...DEPLOYMENT)
      .requiredOption('--until <time>', 'the new end')
      .requiredOption('--because <text>', 'why, in a sentence; no names')
      .option('--answer-by <time>', 'silence until then means no (default: within four hours)')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: AskFlags, command: Command) =>
        run(io, command, (session) => ask(session, id, flags)),
      ),
    'muster extension ask 81bc --as kent --until +3d --because "two servers are still to be imaged"',
  );
  withExamples(
    extension
      .command('answer')
      .description('as donor: say whether your units stay for longer')
      .argument(...DEPLOYMENT)
      .argument('<answer>', 'accept, decline or provisional')
      .option('--condition <text>', 'what has to be met first; with provisional')
      .option('--rest-plan <text>', 'how the people rest or are relieved meanwhile')
      .option(
        '--reason <code>',
        'with decline: own-demand, no-capacity, welfare-rest, not-accredited, policy or other',
      )
      .option('--because <text>', 'in a sentence; no names')
      .option(...OVERRIDE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, written: string, flags: AnswerFlags, command: Command) =>
        run(io, command, (session) => answer(session, id, written, flags)),
      ),
    'muster extension answer 81bc accept --as essex --rest-plan "one of two is relieved on Friday"',
    'muster extension answer 81bc decline --as essex --reason own-demand',
    'muster extension answer 81bc provisional --as essex --condition "lodging for the second night"',
  );
};

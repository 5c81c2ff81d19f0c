import { COMMANDS } from '@muster/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { head, unitsOf } from './recall.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked } from './written.ts';

type Common = { commandId?: string };
type ForfeitFlags = Common & { reason: string; because: string; replacement?: boolean };

const forfeit = async (session: Session, id: string, flags: ForfeitFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['deployment-forfeit'],
    {
      ...head(session, view, flags),
      // The contract names the reasons that there are.
      reasonCode: flags.reason as 'other',
      reason: flags.because,
      replacementOffered: flags.replacement ?? false,
    },
    'The forfeit',
  );
  const stored = await session.command('deployment-forfeit', body);
  return storedOutput(stored, {
    done: `Given up: ${unitsOf(view)}. ${view.host} sees its line open again.`,
    ids: { 'deployment id': view.deploymentId },
    next: [
      body.replacementOffered
        ? `muster offer make ${view.requestId} --as ${view.donor} --host ${view.host}`
        : `muster deployment list --as ${session.org}`,
    ],
  });
};

type AbortFlags = Common & { reason: string; because: string };

const abort = async (session: Session, id: string, flags: AbortFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['deployment-abort'],
    { ...head(session, view, flags), reasonCode: flags.reason as 'other', reason: flags.because },
    'The abort',
  );
  const stored = await session.command('deployment-abort', body);
  return storedOutput(stored, {
    done: `Called off: ${unitsOf(view)}. The line is open again.`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster request show ${view.requestId} --as ${view.host}`],
  });
};

type DebriefFlags = Common & { lessons: string; hours?: number; equipmentLoss?: string };

const debrief = async (session: Session, id: string, flags: DebriefFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['deployment-debrief'],
    {
      ...head(session, view, flags),
      lessons: flags.lessons,
      ...(flags.hours === undefined ? {} : { hoursWorked: flags.hours }),
      ...(flags.equipmentLoss === undefined ? {} : { equipmentLoss: flags.equipmentLoss }),
    },
    'The debrief',
  );
  const stored = await session.command('deployment-debrief', body);
  const isClosed = stored.events.some(({ type }) => type === 'muster.deployment.closed.v1');
  return storedOutput(stored, {
    done: `Debriefed: ${unitsOf(view)}.${isClosed ? ' The deployment is closed.' : ''}`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

const hours = (text: string): number => {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text)) return value;
  throw new InvalidArgumentError('Use hours, such as 61.5.');
};

const DEPLOYMENT = ['<deployment>', 'its id, or the unique beginning of it'] as const;
const BECAUSE = ['--because <text>', 'why, in a sentence; no names'] as const;

/** What is below `muster deployment` for early ends and for what comes after the return. */
export const addEnding = (deployment: Command, io: Io): void => {
  withExamples(
    deployment
      .command('forfeit')
      .description('as donor: give a commitment up before its units are on task')
      .argument(...DEPLOYMENT)
      .requiredOption(
        '--reason <code>',
        'own-demand, emergency-at-home, equipment-failure, welfare-rest, not-accredited, policy or other',
      )
      .requiredOption(...BECAUSE)
      .option('--replacement', 'you mean to offer other units')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ForfeitFlags, command: Command) =>
        run(io, command, (session) => forfeit(session, id, flags)),
      ),
    'muster deployment forfeit 81bc --as essex --reason equipment-failure --because "carrier off the road"',
  );
  withExamples(
    deployment
      .command('abort')
      .description('as host: call units off before they are on task')
      .argument(...DEPLOYMENT)
      .requiredOption(
        '--reason <code>',
        'not-needed, filled-elsewhere, wrong-units, unsafe, made-in-error or other',
      )
      .requiredOption(...BECAUSE)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: AbortFlags, command: Command) =>
        run(io, command, (session) => abort(session, id, flags)),
      ),
    'muster deployment abort 81bc --as kent --reason not-needed --because "the crowd has gone home"',
  );
  withExamples(
    deployment
      .command('debrief')
      .description('say what is to be learned, once the units are home')
      .argument(...DEPLOYMENT)
      .requiredOption('--lessons <text>', 'what went well and what did not; no names')
      .option('--hours <n>', 'hours worked by all units together', hours)
      .option('--equipment-loss <text>', 'what was lost or broken')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: DebriefFlags, command: Command) =>
        run(io, command, (session) => debrief(session, id, flags)),
      ),
    'muster deployment debrief 81bc --as essex --lessons "bring more write blockers" --hours 61.5',
  );
};

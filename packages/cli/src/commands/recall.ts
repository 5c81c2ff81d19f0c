import { type Actor, COMMANDS, type DeploymentView, NATIONAL_CENTRE } from '@muster/contracts';
import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked, commandIdOf, timeIfGiven, timeOption } from './written.ts';

type Common = { commandId?: string };

/** The part that an organisation plays in a deployment: that of a side, or of a centre that looks on. */
const roleOf = (org: string, { donor, host }: DeploymentView): Actor['role'] => {
  if (org === donor) return 'donor-desk';
  if (org === host) return 'requester';
  return org === NATIONAL_CENTRE ? 'national-centre' : 'ricc';
};

/** The ids and the actor that every command on a deployment carries. */
export const head = (session: Session, view: DeploymentView, { commandId }: Common) => ({
  commandId: commandIdOf(session.io, commandId),
  actor: session.actor(roleOf(session.org, view)),
  donor: view.donor,
  deploymentId: view.deploymentId,
});

export const unitsOf = (view: DeploymentView): string =>
  `${view.quantity} of ${view.donor} ${view.capabilityId} for ${view.host}`;

const idOf = (view: DeploymentView) => ({ 'deployment id': view.deploymentId });

type RecallFlags = Common & { by: string; reason: string; because: string };

const recall = async (session: Session, id: string, flags: RecallFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['return-request'],
    {
      ...head(session, view, flags),
      by: timeOption(session.io, '--by', flags.by),
      // The contract names the reasons that there are.
      reasonCode: flags.reason as 'other',
      reason: flags.because,
    },
    'The recall',
  );
  const stored = await session.command('return-request', body);
  const { recall: stands } = await findDeployment(session, view.deploymentId);
  const raised =
    stands &&
    ` If ${view.host} has not released them by ${showTime(stands.raiseAt)}, it goes to the national centre.`;
  return storedOutput(stored, {
    done: `${view.host} is told that ${view.donor} wants ${unitsOf(view)} back by ${showTime(body.by)}.${raised ?? ''}`,
    ids: idOf(view),
    next: [
      `muster deployment answer-recall ${view.deploymentId} release --as ${view.host} --because TEXT`,
      `muster deployment withdraw-recall ${view.deploymentId} --as ${view.donor} --because TEXT`,
    ],
  });
};

type AnswerFlags = Common & { because: string; releaseAt?: string };

const answer = async (session: Session, id: string, written: string, flags: AnswerFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const releaseAt = timeIfGiven(session.io, '--release-at', flags.releaseAt);
  const body = checked(
    COMMANDS['return-answer'],
    {
      ...head(session, view, flags),
      answer: written as 'keep',
      reason: flags.because,
      ...(releaseAt === undefined ? {} : { releaseAt }),
    },
    'The answer',
  );
  const stored = await session.command('return-answer', body);
  const kept = view.recall && `; the recall goes to the national centre at ${showTime(view.recall.raiseAt)}`;
  return storedOutput(stored, {
    done:
      body.answer === 'release'
        ? `${unitsOf(view)} may go home; the line is open again.`
        : `${unitsOf(view)} are kept for now${kept ?? ''}.`,
    ids: idOf(view),
    next: [`muster request show ${view.requestId} --as ${view.host}`],
  });
};

const withdraw = async (
  session: Session,
  id: string,
  flags: Common & { because: string },
): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['return-withdraw'],
    { ...head(session, view, flags), reason: flags.because },
    'The withdrawal',
  );
  const stored = await session.command('return-withdraw', body);
  return storedOutput(stored, {
    done: `The recall of ${unitsOf(view)} is withdrawn.`,
    ids: idOf(view),
    next: [`muster deployment list --as ${session.org}`],
  });
};

type SettleFlags = Common & { because: string; instrument?: string; consentedBy?: string };

const settle = async (session: Session, id: string, written: string, flags: SettleFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['return-settle'],
    {
      ...head(session, view, flags),
      decision: written as 'release',
      reason: flags.because,
      ...(flags.instrument === undefined ? {} : { instrument: flags.instrument }),
      ...(flags.consentedBy === undefined ? {} : { consentedBy: flags.consentedBy }),
    },
    'The settling',
  );
  const stored = await session.command('return-settle', body);
  return storedOutput(stored, {
    done:
      body.decision === 'release'
        ? `Settled: ${unitsOf(view)} go home, and the line is open again.`
        : `Settled: ${unitsOf(view)} stay, with the consent of ${body.consentedBy ?? view.donor}.`,
    ids: idOf(view),
    next: [`muster deployment list --as ${session.org}`],
  });
};

const DEPLOYMENT = ['<deployment>', 'its id, or the unique beginning of it'] as const;
const BECAUSE = ['--because <text>', 'why, in a sentence; no names'] as const;

/** What is below `muster deployment` for units that are wanted back. */
export const addRecall = (deployment: Command, io: Io): void => {
  withExamples(
    deployment
      .command('recall')
      .description('as donor: you want your units back before their task is done')
      .argument(...DEPLOYMENT)
      .requiredOption('--by <time>', 'by when you need them')
      .requiredOption(
        '--reason <code>',
        'own-demand, emergency-at-home, welfare-rest, relief-overdue, policy or other',
      )
      .requiredOption(...BECAUSE)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: RecallFlags, command: Command) =>
        run(io, command, (session) => recall(session, id, flags)),
      ),
    'muster deployment recall 81bc --as essex --by +4h --reason emergency-at-home --because "floods in two towns"',
  );
  withExamples(
    deployment
      .command('answer-recall')
      .description('as host: let recalled units go, or say why you keep them for now')
      .argument(...DEPLOYMENT)
      .argument('<answer>', 'release or keep')
      .requiredOption(...BECAUSE)
      .option('--release-at <time>', 'from when they may leave (default: now)')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, written: string, flags: AnswerFlags, command: Command) =>
        run(io, command, (session) => answer(session, id, written, flags)),
      ),
    'muster deployment answer-recall 81bc release --as kent --because "relief has arrived"',
  );
  withExamples(
    deployment
      .command('withdraw-recall')
      .description('as donor: you do without your units after all')
      .argument(...DEPLOYMENT)
      .requiredOption(...BECAUSE)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: Common & { because: string }, command: Command) =>
        run(io, command, (session) => withdraw(session, id, flags)),
      ),
    'muster deployment withdraw-recall 81bc --as essex --because "suffolk helps us"',
  );
  withExamples(
    deployment
      .command('settle-recall')
      .description('as national centre: settle a recall that was raised to you')
      .argument(...DEPLOYMENT)
      .argument('<decision>', 'release or stay')
      .requiredOption(...BECAUSE)
      .option('--instrument <text>', 'what it rests on')
      .option('--consented-by <post>', 'post of the donor that consents; needed for stay')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, written: string, flags: SettleFlags, command: Command) =>
        run(io, command, (session) => settle(session, id, written, flags)),
      ),
    'muster deployment settle-recall 81bc stay --as npocc --because "until midnight" --consented-by duty-acc',
  );
};

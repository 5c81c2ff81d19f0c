import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { head, unitsOf } from './recall.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { checked } from './written.ts';

type WelfareFlags = { injuries: number; referral: boolean; remarks?: string; commandId?: string };

const welfare = async (session: Session, id: string, flags: WelfareFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['welfare-answer'],
    {
      ...head(session, view, flags),
      injuries: flags.injuries,
      welfareReferral: flags.referral,
      ...(flags.remarks === undefined ? {} : { remarks: flags.remarks }),
    },
    'The answer',
  );
  const stored = await session.command('welfare-answer', body);
  const isClosed = stored.events.some(({ type }) => type === 'muster.deployment.closed.v1');
  const referred = body.welfareReferral ? 'somebody was referred to welfare' : 'nobody was referred';
  return storedOutput(stored, {
    done: `On record for ${unitsOf(view)}: ${body.injuries} injured, ${referred}.${isClosed ? ' The deployment is closed.' : ''}`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

type ReviewFlags = { outcome: string; because: string; commandId?: string };

const review = async (session: Session, id: string, flags: ReviewFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['secondment-review'],
    {
      ...head(session, view, flags),
      // The contract names the outcomes that there are.
      outcome: flags.outcome as 'stays-mutual-aid',
      reason: flags.because,
    },
    'The review',
  );
  const stored = await session.command('secondment-review', body);
  return storedOutput(stored, {
    done: `Reviewed: ${unitsOf(view)}, ${body.outcome}. Both sides see it.`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

const DEPLOYMENT = ['<deployment>', 'its id, or the unique beginning of it'] as const;

/** What is below `muster deployment` for people who came home. */
export const addWelfare = (deployment: Command, io: Io): void => {
  withExamples(
    deployment
      .command('welfare')
      .description('as donor: say how your people are, where the return left it open')
      .argument(...DEPLOYMENT)
      .requiredOption('--injuries <n>', 'how many were injured', whole(0, 10_000))
      .option('--referral', 'somebody was referred to welfare', false)
      .option('--remarks <text>', 'anything to keep on record; no names')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: WelfareFlags, command: Command) =>
        run(io, command, (session) => welfare(session, id, flags)),
      ),
    'muster deployment welfare 81bc --as essex --injuries 1 --referral',
  );
};

/** `muster secondment` and what is below it. */
export const addSecondment = (program: Command, io: Io): void => {
  const secondment = program
    .command('secondment')
    .description('units that are away for more than eight weeks in all');
  withExamples(
    secondment
      .command('review')
      .description('record what a review came to; as donor, as host or as national centre')
      .argument(...DEPLOYMENT)
      .requiredOption('--outcome <code>', 'stays-mutual-aid, becomes-secondment or units-return')
      .requiredOption('--because <text>', 'why, in a sentence; no names')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ReviewFlags, command: Command) =>
        run(io, command, (session) => review(session, id, flags)),
      ),
    'muster secondment review 81bc --as essex --outcome becomes-secondment --because "the inquiry goes on"',
  );
};

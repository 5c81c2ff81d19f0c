import { type AskAnswer, COMMANDS, type DeploymentView, type RequestView } from '@muster/contracts';
import type { Command } from 'commander';
import { CliError, usage } from '../errors.ts';
import type { Io } from '../io.ts';
import { handoverOutput } from '../output/handover.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { details } from '../output/table.ts';
import { findDeployment, findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { head } from './recall.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { checked, commandIdOf, timeIfGiven } from './written.ts';

type Found = { kind: 'request'; view: RequestView } | { kind: 'deployment'; view: DeploymentView };

const unlessMissing = async <T>(search: Promise<T>): Promise<T | undefined> => {
  try {
    return await search;
  } catch (error) {
    if (error instanceof CliError && error.fault.code === 'not-found') return undefined;
    throw error;
  }
};

/** The request or the deployment that an id, or the unique beginning of one, means. */
const findEither = async (session: Session, written: string): Promise<Found> => {
  const request = await unlessMissing(findRequest(session, written, session.org));
  const deployment = await unlessMissing(findDeployment(session, written));
  if (request && deployment) {
    throw usage(
      `"${written}" could be request ${request.requestId} or deployment ${deployment.deploymentId}; write more of the id`,
    );
  }
  if (request) return { kind: 'request', view: request };
  return { kind: 'deployment', view: deployment ?? (await findDeployment(session, written)) };
};

type TakeFlags = { to?: string; note: string; commandId?: string };

const take = async (session: Session, id: string, flags: TakeFlags): Promise<Output> => {
  const found = await findEither(session, id);
  const desk = flags.to ?? session.actor('requester').id;
  const told = (what: string) => ({
    done: `${desk} looks after ${what} from now on.`,
    ids: { desk },
    next: [`muster handover --as ${session.org} --of ${desk} --since -12h`],
  });
  if (found.kind === 'request') {
    const { requestId } = found.view;
    const body = checked(
      COMMANDS['request-desk-take'],
      {
        commandId: commandIdOf(session.io, flags.commandId),
        actor: session.actor('requester'),
        ...{ requestId, desk, note: flags.note },
      },
      'The handover',
    );
    return storedOutput(await session.command('request-desk-take', body), told(`request ${requestId}`));
  }
  const { view } = found;
  const body = checked(
    COMMANDS['deployment-desk-take'],
    { ...head(session, view, flags), desk, note: flags.note },
    'The handover',
  );
  const stored = await session.command('deployment-desk-take', body);
  return storedOutput(stored, told(`deployment ${view.deploymentId} for ${session.org}`));
};

const show = async (session: Session, id: string): Promise<Output> => {
  const found = await findEither(session, id);
  const desks =
    found.kind === 'request'
      ? { host: found.view.desk, donor: undefined }
      : { host: found.view.desks?.host, donor: found.view.desks?.donor };
  const name = found.kind === 'request' ? found.view.requestId : found.view.deploymentId;
  return {
    json: { kind: found.kind, id: name, desks },
    text: details([
      [found.kind, name],
      ['desk of the host', desks.host],
      ...(found.kind === 'deployment' ? [['desk of the donor', desks.donor] as const] : []),
    ]),
  };
};

type HandoverFlags = { of?: string; since?: string; sinceSeq?: number; limit?: number };

const handover = async (session: Session, flags: HandoverFlags): Promise<Output> => {
  const since = timeIfGiven(session.io, '--since', flags.since);
  const answer: AskAnswer<'handover'> = await session.ask('handover', {
    ...(flags.of === undefined ? {} : { desk: flags.of }),
    ...(since === undefined ? {} : { since }),
    ...(flags.sinceSeq === undefined ? {} : { sinceSeq: flags.sinceSeq }),
    ...(flags.limit === undefined ? {} : { limit: flags.limit }),
  });
  return handoverOutput(answer, session.org, session.io.color);
};

/** `muster desk` and what is below it, and `muster handover`. */
export const addDesk = (program: Command, io: Io): void => {
  const desk = program.command('desk').description('which desk looks after a request or a deployment');
  withExamples(
    desk
      .command('take')
      .description('take a request of yours, or your side of a deployment, over')
      .argument('<id>', 'of the request or deployment, or the unique beginning of it')
      .option('--to <desk>', 'desk that takes it over (default: the one that acts, see --desk)')
      .requiredOption('--note <text>', 'what the next shift has to know; no names')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: TakeFlags, command: Command) =>
        run(io, command, (session) => take(session, id, flags)),
      ),
    'muster desk take 4f2a --as kent --to night-desk --note "two units still short"',
  );
  withExamples(
    desk
      .command('show')
      .description('which desk looks after it')
      .argument('<id>', 'of the request or deployment, or the unique beginning of it')
      .action((id: string, _flags: object, command: Command) =>
        run(io, command, (session) => show(session, id)),
      ),
    'muster desk show 4f2a --as kent',
  );
  withExamples(
    program
      .command('handover')
      .description('what is open at your desks, what is due, and what has changed since')
      .option('--of <desk>', 'only what this desk looks after')
      .option('--since <time>', 'changes since then, such as -8h')
      .option('--since-seq <n>', 'changes after this sequence', whole(0, Number.MAX_SAFE_INTEGER))
      .option('--limit <n>', 'most changes shown, the newest (default 500)', whole(1, 1_000))
      .action((flags: HandoverFlags, command: Command) =>
        run(io, command, (session) => handover(session, flags)),
      ),
    'muster handover --as kent --since -8h',
  );
};

import { COMMANDS, DEPLOYMENT_STATUSES, type DeploymentStatus } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { type DutyFlags, dutyOf, withDuty } from '../input/duty.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import { deploymentOutput, deploymentsTable } from '../output/deployments.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment, readPages } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { addControl } from './control.ts';
import { addEnding } from './ending.ts';
import { addRecall } from './recall.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { addWelfare } from './welfare.ts';
import { checked, coarse, commandIdOf, pointOption, timeIfGiven, timeOption } from './written.ts';

type ListFlags = { status?: string; host?: string; donor?: string };

/** `on-task` and `ON_TASK` mean the same. */
const statusOf = (written: string): DeploymentStatus => {
  const meant = written.toUpperCase().replaceAll('-', '_');
  const status = DEPLOYMENT_STATUSES.find((each) => each === meant);
  if (status) return status;
  throw usage(`"${written}" is no deployment status; use one of ${DEPLOYMENT_STATUSES.join(', ')}`);
};

const list = async (session: Session, flags: ListFlags): Promise<Output> => {
  const status = flags.status === undefined ? undefined : statusOf(flags.status);
  const items = await readPages((cursor) =>
    session.ask('deployment-list', {
      ...(status === undefined ? {} : { status }),
      ...(flags.host === undefined ? {} : { host: flags.host }),
      ...(flags.donor === undefined ? {} : { donor: flags.donor }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  return { json: { items }, text: deploymentsTable(items, session.io.color) };
};

const show = async (session: Session, written: string): Promise<Output> => {
  const { donor, deploymentId } = await findDeployment(session, written);
  return deploymentOutput(await session.ask('deployment-show', { donor, deploymentId }), session.org);
};

type StatusFlags = DutyFlags & {
  at?: string;
  eta?: string;
  headcount?: number;
  position?: string;
  commandId?: string;
};

const report = async (session: Session, id: string, written: string, flags: StatusFlags): Promise<Output> => {
  const { io } = session;
  const view = await findDeployment(session, id);
  const eta = timeIfGiven(io, '--eta', flags.eta);
  const body = checked(
    COMMANDS['deployment-status'],
    {
      commandId: commandIdOf(io, flags.commandId),
      // Units report to their host, who may pass it on.
      actor: session.actor(session.org === view.host ? 'requester' : 'donor-desk'),
      donor: view.donor,
      deploymentId: view.deploymentId,
      // Statuses that have commands of their own are refused by the contract, which names those that may be reported.
      status: statusOf(written) as 'ON_TASK',
      at: timeOption(io, '--at', flags.at ?? 'now'),
      ...(eta === undefined ? {} : { eta }),
      ...(flags.headcount === undefined ? {} : { headcount: flags.headcount }),
      ...(flags.position === undefined
        ? {}
        : { position: coarse(pointOption('--position', flags.position)) }),
      ...dutyOf(io, flags),
    },
    'The status',
  );
  const stored = await session.command('deployment-status', body);
  return storedOutput(stored, {
    done: `${view.quantity} of ${view.donor} ${view.capabilityId} for ${view.host}: ${body.status}.`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

type ReleaseFlags = { reason: string; commandId?: string };

const release = async (session: Session, id: string, flags: ReleaseFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['deployment-release'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      donor: view.donor,
      deploymentId: view.deploymentId,
      // The contract names the reasons that there are.
      reasonCode: flags.reason as 'task-complete',
    },
    'The release',
  );
  const stored = await session.command('deployment-release', body);
  return storedOutput(stored, {
    done: `${view.donor} is told that its units may go home; they count as taken until it reports their return.`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment return ${view.deploymentId} --as ${view.donor}`],
  });
};

type ReturnFlags = {
  at?: string;
  headcount?: number;
  injuries?: number;
  welfareReferral?: boolean;
  remarks?: string;
  commandId?: string;
};

const giveBack = async (session: Session, id: string, flags: ReturnFlags): Promise<Output> => {
  const { injuries, welfareReferral } = flags;
  const isAnswered = injuries !== undefined || welfareReferral !== undefined;
  const welfare = isAnswered ? { injuries: injuries ?? 0, welfareReferral: welfareReferral ?? false } : {};
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['deployment-return'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('donor-desk'),
      donor: view.donor,
      deploymentId: view.deploymentId,
      at: timeOption(session.io, '--at', flags.at ?? 'now'),
      ...(flags.headcount === undefined ? {} : { headcount: flags.headcount }),
      ...welfare,
      ...(flags.remarks === undefined ? {} : { remarks: flags.remarks }),
    },
    'The return',
  );
  const stored = await session.command('deployment-return', body);
  return storedOutput(stored, {
    done: `${view.quantity} of ${view.capabilityId} are home, free again from ${showTime(body.at)}.${isAnswered ? '' : ' How its people are is still to be said.'}`,
    ids: { 'deployment id': view.deploymentId },
    next: [
      isAnswered
        ? `muster capability show ${view.donor} ${view.capabilityId} --as ${session.org}`
        : `muster deployment welfare ${view.deploymentId} --injuries 0 --as ${session.org}`,
    ],
  });
};

const DEPLOYMENT_ARGUMENT = ['<deployment>', 'its id, or the unique beginning of it'] as const;

const addReports = (deployment: Command, io: Io): void => {
  withExamples(
    withDuty(deployment.command('status'))
      .description('report where deployed units are')
      .argument(...DEPLOYMENT_ARGUMENT)
      .argument('<status>', 'mobilising, en-route, staged, on-task or returning')
      .option('--at <time>', 'when (default: now)')
      .option('--eta <time>', 'when they expect to arrive')
      .option('--headcount <n>', 'how many people', whole(0, 10_000))
      .option('--position <lat/lon>', 'where; rounded to about a kilometre')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, status: string, flags: StatusFlags, command: Command) =>
        run(io, command, (session) => report(session, id, status, flags)),
      ),
    'muster deployment status 81bc en-route --as essex --eta +90m',
  );
  withExamples(
    deployment
      .command('release')
      .description('as host: the units are not needed any more')
      .argument(...DEPLOYMENT_ARGUMENT)
      .option('--reason <code>', 'task-complete or stood-down', 'task-complete')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ReleaseFlags, command: Command) =>
        run(io, command, (session) => release(session, id, flags)),
      ),
    'muster deployment release 81bc --as kent --reason stood-down',
  );
  withExamples(
    deployment
      .command('return')
      .description('as donor: the units are home')
      .argument(...DEPLOYMENT_ARGUMENT)
      .option('--at <time>', 'since when (default: now)')
      .option('--headcount <n>', 'how many came home', whole(0, 10_000))
      .option(
        '--injuries <n>',
        'how many were injured; without this and the next, it is to be said later',
        whole(0, 10_000),
      )
      .option('--welfare-referral', 'someone was referred to welfare')
      .option('--remarks <text>', 'anything to keep on record; no names')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ReturnFlags, command: Command) =>
        run(io, command, (session) => giveBack(session, id, flags)),
      ),
    'muster deployment return 81bc --as essex --headcount 6 --injuries 0',
  );
};

/** `muster deployment` and what is below it. */
export const addDeployment = (program: Command, io: Io): void => {
  const deployment = program.command('deployment').description('units that one force has lent to another');
  withExamples(
    deployment
      .command('list')
      .description('deployments to you or from you')
      .option('--status <status>', 'such as on-task')
      .option('--host <org>', 'to one organisation')
      .option('--donor <force>', 'from one force')
      .action((flags: ListFlags, command: Command) => run(io, command, (session) => list(session, flags))),
    'muster deployment list --as kent --status on-task',
  );
  withExamples(
    deployment
      .command('show')
      .description('one deployment, with all that is open about it')
      .argument(...DEPLOYMENT_ARGUMENT)
      .action((id: string, _flags: object, command: Command) =>
        run(io, command, (session) => show(session, id)),
      ),
    'muster deployment show 81bc --as kent',
  );
  addReports(deployment, io);
  addControl(deployment, io);
  addRecall(deployment, io);
  addEnding(deployment, io);
  addWelfare(deployment, io);
};

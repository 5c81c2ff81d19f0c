import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { head, unitsOf } from './recall.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked, timeOption } from './written.ts';

type Common = { commandId?: string };
type ControlFlags = Common & { to?: string; at?: string; confirm?: boolean };

const propose = async (session: Session, id: string, to: string, flags: ControlFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['control-propose'],
    {
      ...head(session, view, flags),
      // The contract names the two sides.
      to: to as 'host',
      at: timeOption(session.io, '--at', flags.at ?? 'now'),
    },
    'The proposal',
  );
  const stored = await session.command('control-propose', body);
  const other = session.org === view.donor ? view.host : view.donor;
  return storedOutput(stored, {
    done: `Proposed: control of ${unitsOf(view)} to the ${body.to} from ${showTime(body.at)}; ${other} confirms.`,
    ids: { 'deployment id': view.deploymentId, 'proposal id': body.commandId },
    next: [`muster deployment control ${view.deploymentId} --confirm --as ${other}`],
  });
};

const confirm = async (session: Session, id: string, flags: ControlFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const proposed = view.control?.proposed;
  if (!proposed)
    throw usage(`Nothing is proposed for ${view.deploymentId}; propose it with --to host or --to donor`);
  const body = checked(
    COMMANDS['control-confirm'],
    { ...head(session, view, flags), proposalId: proposed.proposalId },
    'The confirmation',
  );
  const stored = await session.command('control-confirm', body);
  return storedOutput(stored, {
    done: `Control of ${unitsOf(view)} is with the ${proposed.to} from ${showTime(proposed.at)}.`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

const control = (session: Session, id: string, flags: ControlFlags): Promise<Output> => {
  if (flags.confirm === true && flags.to === undefined) return confirm(session, id, flags);
  if (flags.confirm !== true && flags.to !== undefined) return propose(session, id, flags.to, flags);
  throw usage('Use either --to host or --to donor, to propose, or --confirm');
};

type AskFlags = Common & { note?: string };

const askStatus = async (session: Session, id: string, flags: AskFlags): Promise<Output> => {
  const view = await findDeployment(session, id);
  const body = checked(
    COMMANDS['status-request'],
    { ...head(session, view, flags), ...(flags.note === undefined ? {} : { note: flags.note }) },
    'The question',
  );
  const stored = await session.command('status-request', body);
  return storedOutput(stored, {
    done: `${view.donor} and ${view.host} are asked where ${unitsOf(view)} are.`,
    ids: { 'deployment id': view.deploymentId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

const DEPLOYMENT = ['<deployment>', 'its id, or the unique beginning of it'] as const;

/** What is below `muster deployment` for control of units, and for asking where they are. */
export const addControl = (deployment: Command, io: Io): void => {
  withExamples(
    deployment
      .command('control')
      .description('propose who directs and controls the units, or confirm what the other side proposed')
      .argument(...DEPLOYMENT)
      .option('--to <side>', 'host or donor')
      .option('--at <time>', 'from when (default: now)')
      .option('--confirm', 'confirm what the other side proposed')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ControlFlags, command: Command) =>
        run(io, command, (session) => control(session, id, flags)),
      ),
    'muster deployment control 81bc --as essex --to host --at +30m',
    'muster deployment control 81bc --as kent --confirm',
  );
  withExamples(
    deployment
      .command('ask-status')
      .description('ask where the units are')
      .argument(...DEPLOYMENT)
      .option('--note <text>', 'what you want to know; no names')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: AskFlags, command: Command) =>
        run(io, command, (session) => askStatus(session, id, flags)),
      ),
    'muster deployment ask-status 81bc --as kent --note "expected an hour ago"',
  );
};

import { ALERT_COMMANDS, type Alert } from '@muster/contracts';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { type Cell, table } from '../output/table.ts';
import { noServiceError, refusedError } from '../session/outcome.ts';
import type { Session } from '../session/session.ts';
import { run, whole, withExamples } from './run.ts';
import { checked } from './written.ts';

const standing = ({ endedAt, acknowledged, unansweredAt }: Alert): string => {
  if (acknowledged) return `acknowledged by ${acknowledged.by} ${showTime(acknowledged.at)}`;
  if (endedAt !== undefined) return `over since ${showTime(endedAt)}`;
  return unansweredAt === undefined ? 'open' : `NOBODY ACKNOWLEDGED by ${showTime(unansweredAt)}`;
};

const calledOf = ({ called, sent }: Alert): string =>
  called
    .map(({ post }, step) => {
      const channels = sent.filter((one) => one.step === step).map(({ channel }) => channel);
      return `${post} (${channels.length === 0 ? 'not told yet' : channels.join(', ')})`;
    })
    .join(', ');

type ListFlags = { all?: boolean; limit?: number };

const list = async (session: Session, flags: ListFlags): Promise<Output> => {
  const answer = await session.ask('alerts', {
    includeEnded: flags.all === true,
    ...(flags.limit === undefined ? {} : { limit: flags.limit }),
  });
  const rows = table(
    ['alert', 'raised', 'of', 'what', 'about', 'due', 'called', 'standing'],
    answer.alerts.map((alert): Cell[] => [
      alert.alertId,
      showTime(alert.raisedAt),
      alert.org,
      alert.kind,
      `${alert.item.kind} ${alert.item.id}`,
      alert.by === undefined ? '' : showTime(alert.by),
      calledOf(alert),
      standing(alert),
    ]),
    { empty: 'Nobody is being called.', color: session.io.color },
  );
  const more = answer.leftOut > 0 ? `\n${answer.leftOut} more are left out; --limit shows more.` : '';
  return { json: answer, text: `${rows}${more}` };
};

type AcknowledgeFlags = { note?: string };

const acknowledge = async (session: Session, alertId: string, flags: AcknowledgeFlags): Promise<Output> => {
  const { mode, org, caller, traceparent } = session;
  const body = checked(
    ALERT_COMMANDS['alert-acknowledge'],
    { alertId, actor: session.actor('requester'), ...(flags.note === undefined ? {} : { note: flags.note }) },
    'The acknowledgement',
  );
  const outcome = await caller.alert(mode, org, 'alert-acknowledge', body, { traceparent });
  switch (outcome.kind) {
    case 'done':
      return {
        json: outcome.alert,
        text: `${alertId}: ${standing(outcome.alert)}. Nobody further is called.`,
      };
    case 'refused':
      throw refusedError(outcome.refusal);
    case 'no-service':
      throw noServiceError('alert-acknowledge', outcome.because);
    case 'unknown':
      throw new CliError({
        exit: EXIT.unknown,
        code: 'unknown',
        because: `Whether it is acknowledged is not known: ${outcome.because}`,
        remedy: 'Run it again: what is acknowledged twice is acknowledged once.',
      });
  }
};

/** `muster alert` and what is below it. */
export const addAlert = (program: Command, io: Io): void => {
  const alert = program.command('alert').description('who is called out of hours, and who sees to it');
  withExamples(
    alert
      .command('list')
      .description('alerts that nobody has acknowledged')
      .option('--all', 'also those that are acknowledged or over')
      .option('--limit <n>', 'most rows, the newest (default 100)', whole(1, 1_000))
      .action((flags: ListFlags, command: Command) => run(io, command, (session) => list(session, flags))),
    'muster alert list --as kent',
  );
  withExamples(
    alert
      .command('acknowledge')
      .description('see to what an alert is about, so that nobody further is called')
      .argument('<id>', 'of the alert, as its message says it')
      .option('--note <text>', 'for those who come after; no names')
      .action((id: string, flags: AcknowledgeFlags, command: Command) =>
        run(io, command, (session) => acknowledge(session, id, flags)),
      ),
    'muster alert acknowledge 0b1e4c --as kent --desk duty-chief',
  );
};

import { COMMANDS, NATIONAL_CENTRE } from '@muster/contracts';
import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { checked, commandIdOf, timeOption } from './written.ts';

const REQUEST_ARGUMENT = ['<request>', 'its id, or the unique beginning of it'] as const;
const HOST_OPTION = ['--host <org>', 'whose request it is, if two have the same id'] as const;

/** The part that an organisation's kind lets it play in taking a request up. */
const coordinator = (session: Session) =>
  session.org === NATIONAL_CENTRE
    ? session.actor('national-centre')
    : session.org.startsWith('ricc-')
      ? session.actor('ricc')
      : session.actor('approver');

const nextOf = (session: Session, requestId: string): string[] => [
  `muster request show ${requestId} --as ${session.org}`,
];

type EscalateFlags = { to: number; code: string; reason: string; host?: string; commandId?: string };

const escalate = async (session: Session, written: string, flags: EscalateFlags): Promise<Output> => {
  const { host, requestId } = await findRequest(session, written, flags.host);
  const body = checked(
    COMMANDS['request-escalate'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: coordinator(session),
      ...{ host, requestId, toTier: flags.to, reason: flags.reason },
      // The contract names the reasons that there are.
      reasonCode: flags.code as 'urgency',
    },
    'The escalation',
  );
  const stored = await session.command('request-escalate', body);
  const waits = stored.events.some(({ type }) => type === 'muster.request.escalation_asked.v1');
  return storedOutput(stored, {
    done: waits
      ? `Tier ${flags.to} was asked for; a centre has to agree: muster request accept-escalation ${requestId} --as npocc`
      : `The request is at tier ${flags.to}.`,
    ids: { 'request id': requestId },
    next: nextOf(session, requestId),
  });
};

type NamedFlags = { host?: string; commandId?: string };

const acceptEscalation = async (session: Session, written: string, flags: NamedFlags): Promise<Output> => {
  const { host, requestId } = await findRequest(session, written, flags.host);
  const body = {
    commandId: commandIdOf(session.io, flags.commandId),
    actor: coordinator(session),
    ...{ host, requestId },
  };
  const stored = await session.command('escalation-accept', body);
  return storedOutput(stored, {
    done: 'Agreed; the forces of that tier are asked.',
    ids: { 'request id': requestId },
    next: nextOf(session, requestId),
  });
};

type AskFlags = { ask?: string; nearest?: number; line?: string; answerBy: string; commandId?: string };

const askMore = async (session: Session, written: string, flags: AskFlags): Promise<Output> => {
  const { requestId } = await findRequest(session, written, session.org);
  const split = (text: string): string[] => text.split(',').map((part) => part.trim());
  const body = checked(
    COMMANDS['request-ask'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      requestId,
      recipients:
        flags.ask === undefined
          ? { kind: 'nearest', count: flags.nearest ?? 1 }
          : { kind: 'forces', forces: split(flags.ask) },
      ...(flags.line === undefined ? {} : { lineIds: split(flags.line) }),
      answerBy: timeOption(session.io, '--answer-by', flags.answerBy),
    },
    'The question',
  );
  const stored = await session.command('request-ask', body);
  return storedOutput(stored, {
    done: `Asked; they have until ${showTime(body.answerBy)} to answer.`,
    ids: { 'request id': requestId },
    next: nextOf(session, requestId),
  });
};

type WithdrawFlags = { force: string; reason: string; corrects?: string; commandId?: string };

const withdrawAsk = async (session: Session, written: string, flags: WithdrawFlags): Promise<Output> => {
  const { requestId } = await findRequest(session, written, session.org);
  const { force, reason, corrects } = flags;
  const body = checked(
    COMMANDS['ask-withdraw'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      ...{ requestId, force, reason },
      ...(corrects === undefined ? {} : { corrects }),
    },
    'The correction',
  );
  const stored = await session.command('ask-withdraw', body);
  return storedOutput(stored, {
    done: `${force} is not asked any more, and knows why.`,
    ids: { 'request id': requestId },
    next: nextOf(session, requestId),
  });
};

type SeenFlags = NamedFlags & { line: string; note: string };

const acknowledgeUnfilled = async (session: Session, written: string, flags: SeenFlags): Promise<Output> => {
  const { host, requestId } = await findRequest(session, written, flags.host);
  const body = checked(
    COMMANDS['unfilled-acknowledge'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: coordinator(session),
      ...{ host, requestId, lineId: flags.line, note: flags.note },
    },
    'The note',
  );
  const stored = await session.command('unfilled-acknowledge', body);
  return storedOutput(stored, {
    done: `It is on record that ${session.org} knows line ${flags.line} to be short.`,
    ids: { 'request id': requestId },
    next: nextOf(session, requestId),
  });
};

type ReceivedFlags = NamedFlags & { at?: string };

const acknowledge = async (session: Session, written: string, flags: ReceivedFlags): Promise<Output> => {
  const { host, requestId } = await findRequest(session, written, flags.host);
  const receivedAt = timeOption(session.io, '--at', flags.at ?? 'now');
  const body = checked(
    COMMANDS['request-acknowledge'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('donor-desk'),
      ...{ host, requestId, receivedAt },
    },
    'The acknowledgement',
  );
  const stored = await session.command('request-acknowledge', body);
  return storedOutput(stored, {
    done: `${host} can see that the request is on a desk of ${session.org}; it still waits for an answer.`,
    ids: { 'request id': requestId },
    next: nextOf(session, requestId),
  });
};

/** `muster request acknowledge|escalate|accept-escalation|ask|withdraw-ask|acknowledge-unfilled`. */
export const addReach = (request: Command, io: Io): void => {
  withExamples(
    request
      .command('acknowledge')
      .description('donor: the request is on a desk; its answer comes later')
      .argument(...REQUEST_ARGUMENT)
      .option('--at <time>', 'when it was received (default: now)')
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ReceivedFlags, command: Command) =>
        run(io, command, (session) => acknowledge(session, id, flags)),
      ),
    'muster request acknowledge 3f2a --as essex',
  );
  withExamples(
    request
      .command('escalate')
      .description('take a request up a tier: its approver, its regional centre, the national centre')
      .argument(...REQUEST_ARGUMENT)
      .requiredOption('--to <tier>', '2 regional, 3 national', whole(2, 3))
      .requiredOption('--reason <text>', 'why')
      .option('--code <code>', 'no-offers, partial, urgency or directed', 'urgency')
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: EscalateFlags, command: Command) =>
        run(io, command, (session) => escalate(session, id, flags)),
      ),
    'muster request escalate 3f2a --as kent --desk duty-acc --to 3 --reason "it spreads"',
  );
  withExamples(
    request
      .command('accept-escalation')
      .description('centre: agree that a request goes up to the tier that was asked for')
      .argument(...REQUEST_ARGUMENT)
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: NamedFlags, command: Command) =>
        run(io, command, (session) => acceptEscalation(session, id, flags)),
      ),
    'muster request accept-escalation 3f2a --as npocc',
  );
  withExamples(
    request
      .command('ask')
      .description('ask further forces')
      .argument(...REQUEST_ARGUMENT)
      .requiredOption('--answer-by <time>', 'when answers are due, such as +1h')
      .option('--ask <forces>', 'forces to ask, separated by commas')
      .option('--nearest <n>', 'ask the nearest n forces for each line', whole(1, 49))
      .option('--line <lines>', 'for these lines only, separated by commas')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: AskFlags, command: Command) =>
        run(io, command, (session) => askMore(session, id, flags)),
      ),
    'muster request ask 3f2a --as kent --ask surrey,sussex --answer-by +1h',
  );
  withExamples(
    request
      .command('withdraw-ask')
      .description('correct that a force was asked that should not have been')
      .argument(...REQUEST_ARGUMENT)
      .requiredOption('--force <force>', 'the force')
      .requiredOption('--reason <text>', 'what the force is told')
      .option('--corrects <event>', 'id of the event that asked it')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: WithdrawFlags, command: Command) =>
        run(io, command, (session) => withdrawAsk(session, id, flags)),
      ),
    'muster request withdraw-ask 3f2a --as kent --force surrey --reason "meant Sussex"',
  );
  withExamples(
    request
      .command('acknowledge-unfilled')
      .description('put on record that a person knows a line to be short')
      .argument(...REQUEST_ARGUMENT)
      .requiredOption('--line <line>', 'id of the line')
      .requiredOption('--note <text>', 'what is done about it')
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: SeenFlags, command: Command) =>
        run(io, command, (session) => acknowledgeUnfilled(session, id, flags)),
      ),
    'muster request acknowledge-unfilled 3f2a --as kent --line line-1 --note "own people stay on"',
  );
};

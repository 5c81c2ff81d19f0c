import { COMMANDS, type Rationale, type RequestView } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { requestFromFlags } from '../input/flags.ts';
import { addRationale, type RationaleFlags, rationaleOf, readRationale } from '../input/rationale.ts';
import { readLines } from '../input/request.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, several, whole, withExamples } from './run.ts';
import { checked, commandIdOf, timeIfGiven } from './written.ts';

const REQUEST_ARGUMENT = ['<request>', 'its id, or the unique beginning of it'] as const;

type DecideFlags = RationaleFlags & { rank?: string; reason?: string; commandId?: string };

const approve = async (session: Session, written: string, flags: DecideFlags): Promise<Output> => {
  const { requestId } = await findRequest(session, written, session.org);
  const body = checked(
    COMMANDS['request-approve'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('approver'),
      requestId,
      rationale: rationaleOf(flags),
      ...(flags.rank === undefined ? {} : { authorityRank: flags.rank }),
    },
    'The approval',
  );
  const stored = await session.command('request-approve', body);
  return storedOutput(stored, {
    done: `Approved by ${body.actor.id}.`,
    ids: { 'request id': requestId },
    next: [`muster request show ${requestId} --as ${session.org}`],
  });
};

const refuse = async (session: Session, written: string, flags: DecideFlags): Promise<Output> => {
  const { requestId } = await findRequest(session, written, session.org);
  const body = checked(
    COMMANDS['request-refuse'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('approver'),
      requestId,
      reason: flags.reason ?? '',
      rationale: rationaleOf(flags),
    },
    'The refusal',
  );
  const stored = await session.command('request-refuse', body);
  return storedOutput(stored, {
    done: `Refused by ${body.actor.id}; the requester knows why.`,
    ids: { 'request id': requestId },
    next: [],
  });
};

type SubmitFlags = { approval?: string; answerBy?: string; commandId?: string };

const submit = async (session: Session, written: string, flags: SubmitFlags): Promise<Output> => {
  const { requestId } = await findRequest(session, written, session.org);
  const answerBy = timeIfGiven(session.io, '--answer-by', flags.answerBy);
  const body = checked(
    COMMANDS['request-submit'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      requestId,
      ...(flags.approval === undefined ? {} : { approvalRoute: { kind: flags.approval as 'person' } }),
      ...(answerBy === undefined ? {} : { answerBy }),
    },
    'The draft',
  );
  const stored = await session.command('request-submit', body);
  const awaits = flags.approval === 'person';
  return storedOutput(stored, {
    done: awaits ? 'The request waits for an approver; nobody has been asked yet.' : 'The request is out.',
    ids: { 'request id': requestId },
    next: awaits
      ? [`muster request approve ${requestId} --as ${session.org} --desk <post> --rationale why.yaml`]
      : [`muster request show ${requestId} --as ${session.org}`],
  });
};

type AmendFlags = RationaleFlags & {
  line?: string[];
  answerBy?: string;
  costLimitPence?: number;
  reason: string;
  corrects?: string;
  commandId?: string;
};

/** The lines as they are, with what was written in place of what they said. */
const amendedLines = (session: Session, request: RequestView, written: readonly string[]) => {
  const { raw, faults } = requestFromFlags({ line: [...written] });
  if (faults.length > 0) throw usage('The amendment cannot be understood', faults);
  const current = new Map(request.lines.map(({ line }) => [line.lineId, line]));
  const merged = (raw.lines as Record<string, unknown>[]).map((given) => {
    const known = current.get(String(given.lineId));
    if (!known) return given;
    const { capabilityCode: code, minimumQuantity: minimum, ...same } = known;
    return { ...same, code, minimum, ...given };
  });
  const read = readLines(merged, { nowMs: session.io.now(), org: session.org });
  if (!read.ok) throw usage('The amendment cannot be sent', read.faults);
  return read.lines;
};

/** Reads `<event id>/<kind>`. */
const correctionOf = (written: string) => {
  const [eventId = '', kind = 'other'] = written.split('/');
  return { eventId, kind: kind as 'other' };
};

const amend = async (session: Session, written: string, flags: AmendFlags): Promise<Output> => {
  const request = await findRequest(session, written, session.org);
  const answerBy = timeIfGiven(session.io, '--answer-by', flags.answerBy);
  const why = readRationale(flags);
  const body = checked(
    COMMANDS['request-amend'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor(why === undefined ? 'requester' : 'approver'),
      requestId: request.requestId,
      ...(flags.line === undefined ? {} : { lines: amendedLines(session, request, flags.line) }),
      ...(answerBy === undefined ? {} : { answerBy }),
      ...(flags.costLimitPence === undefined ? {} : { costLimitPence: flags.costLimitPence }),
      reason: flags.reason,
      ...(why === undefined ? {} : { rationale: why as Rationale }),
      ...(flags.corrects === undefined ? {} : { corrects: correctionOf(flags.corrects) }),
    },
    'The amendment',
  );
  const stored = await session.command('request-amend', body);
  return storedOutput(stored, {
    done: `Amended; everyone who was asked knows.${answerBy ? ` Answers are due by ${showTime(answerBy)}.` : ''}`,
    ids: { 'request id': request.requestId },
    next: [`muster request show ${request.requestId} --as ${session.org}`],
  });
};

/** `muster request submit|approve|refuse|amend`. */
export const addApproval = (request: Command, io: Io): void => {
  withExamples(
    request
      .command('submit')
      .description('send a draft on its way')
      .argument(...REQUEST_ARGUMENT)
      .option('--approval <route>', 'policy or person (default policy)')
      .option('--answer-by <time>', 'another answer time than the draft says')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: SubmitFlags, command: Command) =>
        run(io, command, (session) => submit(session, id, flags)),
      ),
    'muster request submit 3f2a --as kent --approval person',
  );
  withExamples(
    addRationale(
      request
        .command('approve')
        .description('approver: let a request go out, or put an oral approval in writing')
        .argument(...REQUEST_ARGUMENT)
        .option('--rank <rank>', 'rank of the authority'),
    )
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: DecideFlags, command: Command) =>
        run(io, command, (session) => approve(session, id, flags)),
      ),
    'muster request approve 3f2a --as kent --desk duty-acc --rationale why.yaml',
  );
  withExamples(
    addRationale(
      request
        .command('refuse')
        .description('approver: refuse a request, and say why')
        .argument(...REQUEST_ARGUMENT)
        .requiredOption('--reason <text>', 'what the requester is told'),
    )
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: DecideFlags, command: Command) =>
        run(io, command, (session) => refuse(session, id, flags)),
      ),
    'muster request refuse 3f2a --as kent --desk duty-acc --reason "the region has four" --rationale why.yaml',
  );
  withExamples(
    addRationale(
      request
        .command('amend')
        .description('change or correct a request; everyone who was asked is told')
        .argument(...REQUEST_ARGUMENT)
        .requiredOption('--reason <text>', 'why it changes')
        .option('--line <line>', 'id=… and what changes; an id that is new adds a line', several)
        .option('--answer-by <time>', 'another answer time')
        .option(
          '--cost-limit-pence <n>',
          'another limit of what may be agreed with donors in all',
          whole(0, 10_000_000_000),
        )
        .option(
          '--corrects <event/kind>',
          'event that was wrong, and mistyped-quantity, wrong-line or other',
        ),
    )
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: AmendFlags, command: Command) =>
        run(io, command, (session) => amend(session, id, flags)),
      ),
    'muster request amend 3f2a --as kent --line id=line-1,quantity=4 --reason "typed a nought too many"',
  );
};

import { COMMANDS, type CommandBody, REQUEST_STATUSES, type RequestView } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { readDocument } from '../input/file.ts';
import { LINE_FORM, type RequestFlags, requestFromFlags } from '../input/flags.ts';
import { ANSWER_WITHIN_MS_DEFAULT, NEAREST_DEFAULT, readRequest } from '../input/request.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { candidatesOutput, requestListOutput, requestOutput } from '../output/requests.ts';
import { storedOutput } from '../output/stored.ts';
import { findRequest, REQUESTS_PER_PAGE, readPages } from '../session/find.ts';
import { type Acting, actingAs, type Session } from '../session/session.ts';
import { addApproval } from './approval.ts';
import { addOral } from './oral.ts';
import { addReach } from './reach.ts';
import { COMMAND_ID_OPTION, globalsOf, run, several, whole, withExamples } from './run.ts';
import { checked, commandIdOf } from './written.ts';

type CreateFlags = RequestFlags & { file?: string; draft?: boolean; commandId?: string };

const FLAG_HELP = `
A line is --line ${LINE_FORM};
several accreditations are joined by "+". A place is a force (its headquarters) or name@latitude/longitude;
left out, it is your own headquarters. Times: "YYYY-MM-DD HH:MM" (Europe/London), ISO with an offset, or +4h.

The same in a file (YAML or JSON):
  lines:
    - { code: CY.RCCU, quantity: 2, minimum: 1, from: 2026-11-23 08:00, to: +3d, reportTo: kent }
  terms: { threatCategory: CYBER, specialDemandReason: ransomware, contactDesk: control room }
  recipients: { kind: nearest, count: ${NEAREST_DEFAULT} }
  answerBy: +2h`;

/** Options of `request create` that say nothing about the request itself. */
const NOT_CONTENT: readonly string[] = ['file', 'draft', 'commandId'];

const given = (flags: CreateFlags): string[] =>
  Object.entries(flags)
    .filter(([key, value]) => value !== undefined && !NOT_CONTENT.includes(key))
    .map(([key]) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);

const readRaw = (flags: CreateFlags): unknown => {
  if (flags.file !== undefined) return readDocument(flags.file);
  const { raw, faults } = requestFromFlags(flags);
  if (faults.length > 0) throw usage('The request cannot be understood', faults);
  return raw;
};

/** The command that the file or the flags mean. Nothing is sent yet. */
const readCreate = (
  { io, org, actor }: Acting,
  flags: CreateFlags,
  own: readonly string[],
): CommandBody<'request-create'> => {
  if (flags.file !== undefined && own.length > 0) {
    throw usage(`A request comes from --file or from flags, not both; leave out ${own.join(', ')}`);
  }
  const read = readRequest(readRaw(flags), {
    nowMs: io.now(),
    org,
    commandId: commandIdOf(io, flags.commandId),
    actor: actor('requester'),
  });
  if (!read.ok)
    throw usage(`The request${flags.file ? ` in ${flags.file}` : ''} cannot be sent`, read.faults);
  return read.body;
};

const create = async (
  session: Session,
  body: CommandBody<'request-create'>,
  isDraft: boolean,
): Promise<Output> => {
  if (isDraft) {
    const { approvalRoute: _, ...draft } = body;
    const drafted = await session.command('request-draft', draft);
    return storedOutput(drafted, {
      done: 'Written down; nobody else sees it until it is submitted.',
      ids: { 'request id': drafted.commandId },
      next: [`muster request submit ${drafted.commandId} --as ${session.org}`],
    });
  }
  const stored = await session.command('request-create', body);
  const id = stored.commandId;
  const isAwaited = body.approvalRoute?.kind === 'person';
  return storedOutput(stored, {
    done: isAwaited
      ? 'The request waits for an approver; nobody has been asked yet.'
      : `The request is out; forces have until ${showTime(body.answerBy)} to answer.`,
    ids: {
      'request id': id,
      ...Object.fromEntries(body.lines.map((line) => [line.lineId, line.capabilityCode])),
    },
    next: [
      `muster request show ${id} --as ${session.org}`,
      ...body.lines
        .slice(0, 1)
        .map((line) => `muster request candidates ${id} ${line.lineId} --as ${session.org}`),
      `muster watch --request ${id} --as ${session.org}`,
    ],
  });
};

type ListFlags = { status?: string; host?: string };

const statusOf = (written: string | undefined): RequestView['status'] | undefined => {
  const status = REQUEST_STATUSES.find((each) => each === written);
  if (written !== undefined && status === undefined) {
    throw usage(`--status: "${written}" is none of ${REQUEST_STATUSES.join(', ')}`);
  }
  return status;
};

const list = async (session: Session, flags: ListFlags): Promise<Output> => {
  const status = statusOf(flags.status);
  const items = await readPages((cursor) =>
    session.ask('request-list', {
      limit: REQUESTS_PER_PAGE,
      ...(status === undefined ? {} : { status }),
      ...(flags.host === undefined ? {} : { host: flags.host }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  return requestListOutput(items, session.io.color);
};

type CancelFlags = { reason: string; because?: string; commandId?: string };

const cancel = async (session: Session, written: string, flags: CancelFlags): Promise<Output> => {
  const body = checked(
    COMMANDS['request-cancel'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      requestId: (await findRequest(session, written, session.org)).requestId,
      // The contract names the reasons that there are.
      reasonCode: flags.reason as 'other',
      reason: flags.because ?? flags.reason,
    },
    'The cancellation',
  );
  const stored = await session.command('request-cancel', body);
  return storedOutput(stored, {
    done: 'The request is cancelled; units that are out are told to go home.',
    ids: { 'request id': body.requestId },
    next: [`muster deployment list --as ${session.org}`],
  });
};

const addCreate = (request: Command, io: Io): void => {
  withExamples(
    request
      .command('create')
      .description('ask other forces for help')
      .option('--file <path>', 'the request as YAML or JSON; - is the standard input')
      .option(
        '--line <line>',
        'what is needed, how many, when and where; may be given several times',
        several,
      )
      .option('--threat <category>', 'threat category, such as CYBER')
      .option('--reason <text>', 'the special demand on your resources')
      .option('--contact-desk <desk>', 'the desk that answers for the request; a desk, not a person')
      .option('--urgency <urgency>', 'IMMEDIATE, EXPECTED or FUTURE (default EXPECTED)')
      .option('--legal-basis <code>', 'power under which aid is given (default PA96-S24)')
      .option('--cost-category <code>', 'charging regime (default EMERGENCY_SPONTANEOUS)')
      .option('--incident <ref/category>', 'opaque reference and category; never case details')
      .option('--ask <forces>', 'forces to ask, separated by commas')
      .option('--nearest <n>', `ask the nearest n forces for each line (default ${NEAREST_DEFAULT})`)
      .option(
        '--answer-by <time>',
        `when answers are due (default +${ANSWER_WITHIN_MS_DEFAULT / 3_600_000}h)`,
      )
      .option('--waves <size/minutes>', 'ask the nearest few at a time, such as 5/10, while a line is short')
      .option('--tier <n>', '1 local, 2 regional, 3 national (default: by who is asked)')
      .option('--cost-limit-pence <n>', 'what may be agreed with donors in all; they do not learn of it')
      .option('--escalation <mode>', 'automatic, by-hand or none (default automatic)')
      .option('--approval <route>', 'policy, person or oral (default policy)')
      .option('--approved-by <post>', 'with --approval oral: the post that said so, never a name')
      .option('--approved-at <time>', 'with --approval oral: when (default now)')
      .option('--approved-because <text>', 'with --approval oral: why it could not wait')
      .option('--draft', 'write it down without sending it')
      .option('--confirm-within <minutes>', 'minutes that a donor has to confirm')
      .option('--classification <level>', 'OFFICIAL or OFFICIAL-SENSITIVE (default OFFICIAL)')
      .option(...COMMAND_ID_OPTION)
      .addHelpText('after', FLAG_HELP)
      .action(async (flags: CreateFlags, command: Command) => {
        // Before the mesh is looked for: a request can be put right without one.
        const body = readCreate(actingAs(io, globalsOf(command)), flags, given(command.opts<CreateFlags>()));
        await run(io, command, (session) => create(session, body, flags.draft === true));
      }),
    'muster request create --as kent --line code=CY.RCCU,quantity=2,from=+4h,to=+3d --threat CYBER \\',
    '  --reason "ransomware at two sites" --contact-desk "force control room"',
    'muster request create --as kent --file request.yaml',
  );
};

/** `muster request` and what is below it. */
export const addRequest = (program: Command, io: Io): void => {
  const request = program.command('request').description('requests for help');
  addCreate(request, io);
  addApproval(request, io);
  addOral(request, io);
  addReach(request, io);
  withExamples(
    request
      .command('list')
      .description('requests that you made or were asked for')
      .option('--status <status>', REQUEST_STATUSES.join(', '))
      .option('--host <org>', 'requests of one organisation')
      .action((flags: ListFlags, command: Command) => run(io, command, (session) => list(session, flags))),
    'muster request list --as kent',
    'muster request list --as npocc --status open --json',
  );
  withExamples(
    request
      .command('show')
      .description('one request: lines, answers and offers')
      .argument('<request>', 'its id, or the unique beginning of it')
      .option('--host <org>', 'whose request it is, if two have the same id')
      .action((id: string, flags: { host?: string }, command: Command) =>
        run(io, command, async (session) =>
          requestOutput(await findRequest(session, id, flags.host), session.org, io.color),
        ),
      ),
    'muster request show 3f2a --as kent',
  );
  withExamples(
    request
      .command('candidates')
      .description('who could fill a line, ranked, and why others cannot')
      .argument('<request>', 'its id, or the unique beginning of it')
      .argument('<line>', 'id of the line, such as line-1')
      .option('--limit <n>', 'at most so many', whole(1, 1_000))
      .action((id: string, lineId: string, flags: { limit?: number }, command: Command) =>
        run(io, command, async (session) => {
          const { host, requestId } = await findRequest(session, id);
          const answer = await session.ask('candidates', { host, requestId, lineId, ...flags });
          return candidatesOutput(answer, io.color);
        }),
      ),
    'muster request candidates 3f2a line-1 --as kent',
    'muster request candidates 3f2a line-1 --as ricc-south-east',
  );
  withExamples(
    request
      .command('cancel')
      .description('take a request back')
      .argument('<request>', 'its id, or the unique beginning of it')
      .requiredOption('--reason <code>', 'resolved, filled-elsewhere, raised-in-error, superseded or other')
      .option('--because <text>', 'the reason in words')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: CancelFlags, command: Command) =>
        run(io, command, (session) => cancel(session, id, flags)),
      ),
    'muster request cancel 3f2a --as kent --reason resolved',
  );
};

import { COMMANDS, type RequestView } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { OVERRIDE_OPTION, overrideOf } from '../input/duty.ts';
import { type RequestFlags, requestFromFlags } from '../input/flags.ts';
import { readRequest } from '../input/request.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, several, whole, withExamples } from './run.ts';
import { checked, commandIdOf, timeOption } from './written.ts';

/** Reads `essex/cy-fccu-1`: a donor force and one of its capabilities. */
const unitsOf = (written: string): { donor: string; capabilityId: string } => {
  const [donor = '', capabilityId = '', ...rest] = written.split('/');
  if (donor === '' || capabilityId === '' || rest.length > 0) {
    throw usage(`"${written}" is not understood; write force/capability, such as essex/cy-fccu-1`);
  }
  return { donor, capabilityId };
};

/** The only line of a request, or the one that is named. */
const lineIdOf = (request: RequestView, written: string | undefined): string => {
  const [only, ...others] = request.lines;
  if (written !== undefined) return written;
  if (only && others.length === 0) return only.line.lineId;
  const ids = request.lines.map(({ line }) => line.lineId).join(', ');
  throw usage(`The request has several lines; say which with --line: ${ids}`);
};

type DirectFlags = {
  line?: string;
  units: string;
  quantity: number;
  instrument: string;
  signedBy: string;
  scope: string;
  reason: string;
  override?: string;
  host?: string;
  commandId?: string;
};

const direct = async (session: Session, written: string, flags: DirectFlags): Promise<Output> => {
  const request = await findRequest(session, written, flags.host);
  const { host, requestId } = request;
  const body = checked(
    COMMANDS['direction-record'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('national-centre'),
      host,
      requestId,
      lineId: lineIdOf(request, flags.line),
      ...unitsOf(flags.units),
      quantity: flags.quantity,
      // The reader of the contract names the instruments that there are.
      instrument: flags.instrument as 'other',
      signedBy: flags.signedBy,
      scope: flags.scope,
      reason: flags.reason,
      ...overrideOf(flags),
    },
    'The direction',
  );
  const stored = await session.command('direction-record', body);
  return storedOutput(stored, {
    done: `The direction is on record, and ${body.quantity} of ${body.donor} are reserved; its own ledger now confirms what there is.`,
    ids: { 'request id': requestId },
    next: [`muster request show ${requestId} --as ${session.org}`],
  });
};

type AgreedFlags = RequestFlags & {
  request?: string;
  units: string;
  quantity: number;
  at: string;
  with: string;
  means: string;
  why: string;
  override?: string;
  commandId?: string;
};

const newRequest = (session: Session, flags: AgreedFlags, commandId: string) => {
  const { raw, faults } = requestFromFlags(flags);
  if (faults.length > 0) throw usage('The agreement cannot be understood', faults);
  const context = { nowMs: session.io.now(), org: session.org, commandId, actor: session.actor('requester') };
  const read = readRequest(raw, context);
  if (!read.ok) throw usage('The agreement cannot be sent', read.faults);
  const [line, ...others] = read.body.lines;
  if (!line || others.length > 0) throw usage('An agreement is about one line; record each one by itself');
  return { kind: 'new' as const, line, terms: read.body.terms };
};

const agreed = async (session: Session, flags: AgreedFlags): Promise<Output> => {
  const commandId = commandIdOf(session.io, flags.commandId);
  const request = flags.request === undefined ? undefined : await findRequest(session, flags.request);
  const what = request
    ? { kind: 'request' as const, requestId: request.requestId, lineId: lineIdOf(request, flags.line?.[0]) }
    : newRequest(session, flags, commandId);
  const body = checked(
    COMMANDS['agreement-record'],
    {
      commandId,
      actor: session.actor('requester'),
      for: what,
      ...unitsOf(flags.units),
      quantity: flags.quantity,
      agreedAt: timeOption(session.io, '--at', flags.at),
      agreedWith: flags.with,
      means: flags.means as 'phone',
      reason: flags.why,
      ...overrideOf(flags),
    },
    'The agreement',
  );
  const stored = await session.command('agreement-record', body);
  const requestId = request?.requestId ?? commandId;
  return storedOutput(stored, {
    done: `Written down as agreed ${showTime(body.agreedAt)}; ${body.donor} confirms it in its own ledger.`,
    ids: { 'request id': requestId },
    next: [`muster request show ${requestId} --as ${session.org}`],
  });
};

/** `muster direct` and `muster agreed`: units that nobody offered on the mesh. */
export const addCalls = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('direct')
      .description('national centre: direct a force to lend, under a named instrument')
      .argument('<request>', 'id of the request, or the unique beginning of it')
      .requiredOption('--units <force/capability>', 'which capability is to lend')
      .requiredOption('--quantity <n>', 'how many', whole(1, 10_000))
      .requiredOption('--instrument <code>', 'PA96-S24-2, PA96-S98-4 or other')
      .requiredOption('--signed-by <post>', 'the post that signed, never a name')
      .requiredOption('--scope <text>', 'what the direction covers')
      .requiredOption('--reason <text>', 'why it was needed')
      .option('--line <line>', 'id of the line, if there are several')
      .option('--host <org>', 'whose request it is, if two have the same id')
      .option(...OVERRIDE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: DirectFlags, command: Command) =>
        run(io, command, (session) => direct(session, id, flags)),
      ),
    'muster direct 3f2a --as npocc --units essex/po-psu-1 --quantity 1 --instrument PA96-S24-2 --signed-by npocc-gold --scope "one unit until Tuesday" --reason "nobody offered"',
  );
  withExamples(
    program
      .command('agreed')
      .description('host: write down what was agreed with a donor outside the mesh')
      .requiredOption('--units <force/capability>', 'what was agreed')
      .requiredOption('--quantity <n>', 'how many', whole(1, 10_000))
      .requiredOption('--at <time>', 'when it was agreed, such as -40m or 02:10; at most 72 hours ago')
      .requiredOption('--with <post>', 'the post at the donor that agreed, never a name')
      .requiredOption('--why <text>', 'why it is written down only now')
      .option('--means <how>', 'phone, radio, in-person or other', 'phone')
      .option('--request <request>', 'a request that stands already; else a new one is written down')
      .option(
        '--line <line>',
        'with --request the id of the line; else the line as for request create',
        several,
      )
      .option('--threat <code>', 'for a new request, as for request create')
      .option('--reason <text>', 'for a new request: the special demand')
      .option('--contact-desk <desk>', 'for a new request')
      .option('--urgency <code>', 'for a new request')
      .option('--legal-basis <code>', 'for a new request')
      .option('--cost-category <code>', 'for a new request')
      .option(...OVERRIDE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((flags: AgreedFlags, command: Command) =>
        run(io, command, (session) => agreed(session, flags)),
      ),
    'muster agreed --as kent --units essex/cy-fccu-1 --quantity 2 --at -40m --with essex-duty-super --why "network down" --line code=CY.FCCU,quantity=2,from=-30m,to=+12h --threat CYBER --reason ransomware --contact-desk "control room"',
    'muster agreed --as kent --request 3f2a --units essex/cy-fccu-1 --quantity 1 --at -10m --with essex-duty-super --why "agreed on the air"',
  );
};

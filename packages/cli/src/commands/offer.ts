import { COMMANDS, type CommandStored, type EventData, type RequestView } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { type DutyFlags, dutyOf, OVERRIDE_OPTION, overrideOf, withDuty } from '../input/duty.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findDeployment, findOffer, findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { addPrepared } from './prepared.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { addUnaccepted } from './unaccepted.ts';
import { checked, commandIdOf, timeIfGiven, timeOption } from './written.ts';

type MakeFlags = DutyFlags & {
  line: string;
  capability: string;
  quantity: number;
  arrival: string;
  costPence?: number;
  costBasis?: string;
  costCategory?: string;
  remarks?: string;
  continues?: string;
  condition?: string;
  validUntil?: string;
  corrects?: string;
  unsolicited?: true;
  host?: string;
  commandId?: string;
};

/** A request that did not ask this force is in no list of its own: it is named as the force was told of it. */
const toldOf = (requestId: string, { host }: MakeFlags): { host: string; requestId: string } => {
  if (host !== undefined) return { host, requestId };
  throw usage('--unsolicited needs --host and the whole id of the request, as you were told them');
};

const make = async (session: Session, written: string, flags: MakeFlags): Promise<Output> => {
  const before = flags.continues === undefined ? undefined : await findDeployment(session, flags.continues);
  const isToldOf = flags.unsolicited && flags.corrects === undefined;
  const request = isToldOf ? undefined : await findRequest(session, written, flags.host);
  const { host, requestId } = request ?? toldOf(written, flags);
  const validUntil = timeIfGiven(session.io, '--valid-until', flags.validUntil);
  const { costPence: amountPence, costBasis: basis = 'estimate of the donor force' } = flags;
  const body = checked(
    COMMANDS['offer-make'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('donor-desk'),
      host,
      requestId,
      lineId: flags.line,
      capabilityId: flags.capability,
      quantity: flags.quantity,
      estimatedArrival: timeOption(session.io, '--arrival', flags.arrival),
      ...(amountPence === undefined
        ? {}
        : {
            costEstimate: {
              ...{ amountPence, basis },
              // The reader of the contract names the regimes that there are.
              ...(flags.costCategory && { costCategory: flags.costCategory as 'NIL_PAYBACK' }),
            },
          }),
      ...(flags.remarks === undefined ? {} : { remarks: flags.remarks }),
      ...(before && { continues: before.deploymentId }),
      ...(flags.condition === undefined ? {} : { condition: flags.condition }),
      ...(validUntil === undefined ? {} : { validUntil }),
      ...(request && flags.corrects !== undefined
        ? { corrects: findOffer(request, flags.corrects).offerId }
        : {}),
      ...(flags.unsolicited && { unsolicited: flags.unsolicited }),
      ...dutyOf(session.io, flags),
    },
    'The offer',
  );
  const stored = await session.command('offer-make', body);
  const ids = { 'offer id': stored.commandId, 'request id': requestId };
  if (stored.events.some(({ type }) => type === 'muster.offer.prepared.v1')) {
    return storedOutput(stored, {
      done: `Prepared, and ${host} knows nothing of it: your rules leave so many to a person; another post has to approve.`,
      ids,
      next: [
        `muster offer approve ${requestId} ${stored.commandId} --as ${session.org} --desk <post> --rationale why.yaml`,
      ],
    });
  }
  return storedOutput(stored, {
    done: body.condition
      ? `${host} has your provisional offer of ${body.quantity}; it cannot accept until you confirm the condition.`
      : `${host} has your ${body.unsolicited ? 'unsolicited ' : ''}offer of ${body.quantity}; nothing is held until it accepts.`,
    ids,
    next: body.condition
      ? [`muster offer condition-met ${requestId} ${stored.commandId} --as ${session.org} --note "..."`]
      : [`muster watch --request ${requestId} --as ${session.org}`],
  });
};

type DeclineFlags = { line: string; reason: string; remarks?: string; host?: string; commandId?: string };

const decline = async (session: Session, written: string, flags: DeclineFlags): Promise<Output> => {
  const { host, requestId } = await findRequest(session, written, flags.host);
  const body = checked(
    COMMANDS['offer-decline'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('donor-desk'),
      host,
      requestId,
      lineIds: flags.line.split(',').map((line) => line.trim()),
      // The reader of the contract names the reasons that there are.
      reasonCode: flags.reason as 'other',
      ...(flags.remarks === undefined ? {} : { remarks: flags.remarks }),
    },
    'The answer',
  );
  const stored = await session.command('offer-decline', body);
  return storedOutput(stored, {
    done: `${host} knows that you offer nothing for ${body.lineIds.join(', ')}.`,
    ids: { 'request id': requestId },
    next: [],
  });
};

/** Reads `3f2a` or `3f2a=2`; without a quantity all that is offered is taken, up to what the line needs. */
const acceptedOf = (request: RequestView, written: string): { offerId: string; quantity: number } => {
  const [id = '', quantity, ...rest] = written.split('=');
  if (rest.length > 0 || (quantity !== undefined && !/^[1-9]\d{0,4}$/.test(quantity))) {
    throw usage(`"${written}" is not understood; write an offer id, or id=quantity such as 3f2a=2`);
  }
  const offer = findOffer(request, id);
  const unfilled = request.lines.find(({ line }) => line.lineId === offer.lineId)?.unfilled ?? offer.quantity;
  const most = unfilled > 0 ? Math.min(offer.quantity, unfilled) : offer.quantity;
  return { offerId: offer.offerId, quantity: quantity === undefined ? most : Number(quantity) };
};

type AcceptFlags = {
  override?: string;
  costCategory?: string;
  fundingRef?: string;
  orMinimum?: true;
  commandId?: string;
};

/** What was taken and could not be had: the answer names what was stored, and the events say why. */
const leftOutOf = async (session: Session, stored: CommandStored): Promise<LeftOut[]> => {
  const ids = new Set(stored.events.filter(({ type }) => type === LEFT_OUT).map(({ id }) => id));
  if (ids.size === 0) return [];
  const { events } = await session.ask('events', {
    ...{ afterSeq: stored.seq - stored.events.length, limit: stored.events.length, waitMs: EVENTS_WAIT_MS },
  });
  // The reader of the contract has looked at what is stored.
  return events.filter(({ envelope }) => ids.has(envelope.id)).map(({ data }) => data as LeftOut);
};

const LEFT_OUT = 'muster.offer.left_out.v1';
/** How long a broker that has not read the command yet may take to, in milliseconds. */
const EVENTS_WAIT_MS = 2_000;

type LeftOut = EventData<typeof LEFT_OUT>;

const accept = async (
  session: Session,
  written: string,
  offers: readonly string[],
  flags: AcceptFlags,
): Promise<Output> => {
  const request = await findRequest(session, written, session.org);
  const body = checked(
    COMMANDS['offer-accept'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      requestId: request.requestId,
      accept: offers.map((offer) => ({
        ...acceptedOf(request, offer),
        // The reader of the contract names the regimes that there are.
        ...(flags.costCategory && { costCategory: flags.costCategory as 'NIL_PAYBACK' }),
      })),
      ...(flags.orMinimum && { orMinimum: flags.orMinimum }),
      ...(flags.fundingRef === undefined ? {} : { fundingRef: flags.fundingRef }),
      ...overrideOf(flags),
    },
    'The acceptance',
  );
  const stored = await session.command('offer-accept', body);
  const missed = await leftOutOf(session, stored);
  const named = body.accept.reduce((sum, each) => sum + each.quantity, 0);
  const units = missed.reduce((sum, each) => sum - (each.named - each.reserved), named);
  const without = missed.map(
    (each) => `Left out: ${each.named - each.reserved} of ${each.donor} for ${each.lineId}, ${each.because}.`,
  );
  return storedOutput(stored, {
    done: [`${units} reserved; each donor force now confirms in its own ledger.`, ...without].join('\n'),
    ids: { 'request id': request.requestId },
    ...(missed.length > 0 && { more: { leftOut: missed } }),
    next: [
      `muster request show ${request.requestId} --as ${session.org}`,
      `muster deployment list --as ${session.org}`,
    ],
  });
};

const REQUEST_ARGUMENT = ['<request>', 'id of the request, or the unique beginning of it'] as const;
const HOST_OPTION = ['--host <org>', 'whose request it is, if two have the same id'] as const;

/** `muster offer` and what is below it. */
export const addOffer = (program: Command, io: Io): void => {
  const offer = program.command('offer').description('answer a request, and accept answers');
  withExamples(
    withDuty(offer.command('make'))
      .description('offer units for one line of a request; an offer holds nothing')
      .argument(...REQUEST_ARGUMENT)
      .requiredOption('--line <line>', 'id of the line')
      .requiredOption('--capability <id>', 'which of your capabilities')
      .requiredOption('--quantity <n>', 'how many', whole(1, 10_000))
      .requiredOption('--arrival <time>', 'when they could be there')
      .option('--cost-pence <n>', 'estimated cost in pence', whole(0, 10_000_000_000))
      .option('--cost-basis <text>', 'how the estimate was reached')
      .option('--cost-category <code>', 'charging regime of the estimate, if it is not that of the request')
      .option('--remarks <text>', 'anything the host should know')
      .option(
        '--continues <deployment>',
        'released deployment whose units, all of them, go on without going home',
      )
      .option('--condition <text>', 'offers provisionally: what has to come true before it can be accepted')
      .option('--valid-until <time>', 'when the offer lapses by itself')
      .option('--corrects <offer>', 'the offer, withdrawn as entered in error, that this one puts right')
      .option(
        '--unsolicited',
        'although the host did not ask you: with --host and the whole id of the request, as you were told them',
      )
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: MakeFlags, command: Command) =>
        run(io, command, (session) => make(session, id, flags)),
      ),
    'muster offer make 3f2a --as essex --line line-1 --capability cy-fccu-1 --quantity 2 --arrival +3h',
    'muster offer make 3f2a --as essex --line line-1 --capability cy-fccu-1 --quantity 2 --arrival +1h --continues 81bc',
    'muster offer make 3f2a --as essex --line line-1 --capability cy-fccu-1 --quantity 2 --arrival +3h --condition "the march has ended" --valid-until +2h',
    'muster offer make 3f2a81bc-90de-4f6b-8b56-0c7d1a2e4f10 --as essex --host kent --unsolicited --line line-1 --capability cy-fccu-1 --quantity 2 --arrival +3h',
  );
  withExamples(
    offer
      .command('decline')
      .description('offer nothing for lines of a request, and say why')
      .argument(...REQUEST_ARGUMENT)
      .requiredOption('--line <lines>', 'ids of the lines, separated by commas')
      .requiredOption(
        '--reason <code>',
        'no-capacity, own-demand, not-accredited, distance, welfare-rest, policy or other',
      )
      .option('--remarks <text>', 'anything the host should know')
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: DeclineFlags, command: Command) =>
        run(io, command, (session) => decline(session, id, flags)),
      ),
    'muster offer decline 3f2a --as essex --line line-1,line-2 --reason own-demand',
  );
  withExamples(
    offer
      .command('accept')
      .description(
        'take offers; all of them are reserved together, or none; or what can be had, with --or-minimum',
      )
      .argument(...REQUEST_ARGUMENT)
      .argument('<offers...>', 'ids of offers, or id=quantity to take part of one')
      .option('--cost-category <code>', 'agrees to the charging regime of the offers, if it is not yours')
      .option('--funding-ref <text>', 'your own reference for the money')
      .option(
        '--or-minimum',
        'the minimum of each line suffices: what cannot be had any more is left out, and you are told why',
      )
      .option(...OVERRIDE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, offers: string[], flags: AcceptFlags, command: Command) =>
        run(io, command, (session) => accept(session, id, offers, flags)),
      ),
    'muster offer accept 3f2a 81bc --as kent',
    'muster offer accept 3f2a 81bc=2 90de --as kent',
    'muster offer accept 3f2a 81bc 90de --as kent --or-minimum',
    'muster offer accept 3f2a 81bc --as kent --cost-category SPECIALIST_STAFF --funding-ref KT-118',
    'muster offer accept 3f2a 81bc --as kent --override "life at risk, no other unit in reach"',
  );
  addPrepared(offer, io);
  addUnaccepted(offer, io);
};

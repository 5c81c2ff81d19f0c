import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findOffer, findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked, commandIdOf } from './written.ts';

type Common = { host?: string; commandId?: string };

const conditionMet = async (
  session: Session,
  written: string,
  offer: string,
  flags: Common & { note: string },
): Promise<Output> => {
  const request = await findRequest(session, written, flags.host);
  const { host, requestId } = request;
  const { offerId } = findOffer(request, offer);
  const body = checked(
    COMMANDS['offer-condition-met'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('donor-desk'),
      ...{ host, requestId, offerId },
      note: flags.note,
    },
    'The confirmation',
  );
  const stored = await session.command('offer-condition-met', body);
  return storedOutput(stored, {
    done: `Your offer is firm; ${host} may accept it now.`,
    ids: { 'offer id': offerId, 'request id': requestId },
    next: [`muster request show ${requestId} --as ${session.org}`],
  });
};

const withdraw = async (
  session: Session,
  written: string,
  offer: string,
  flags: Common & { reason: string; because: string },
): Promise<Output> => {
  const request = await findRequest(session, written, flags.host);
  const { host, requestId } = request;
  const { offerId } = findOffer(request, offer);
  const body = checked(
    COMMANDS['offer-withdraw'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('donor-desk'),
      ...{ host, requestId, offerId },
      // The reader of the contract names the reasons that there are.
      reasonCode: flags.reason as 'other',
      reason: flags.because,
    },
    'The withdrawal',
  );
  const stored = await session.command('offer-withdraw', body);
  const wasWrong = body.reasonCode === 'entered-in-error';
  return storedOutput(stored, {
    done: `${host} knows that the offer is withdrawn; it stays on record.`,
    ids: { 'offer id': offerId, 'request id': requestId },
    next: wasWrong ? [`muster offer make ${requestId} --as ${session.org} --corrects ${offerId} ...`] : [],
  });
};

/** What a host says of an offer, with a reason. */
type Saying = {
  command: 'offer-not-select' | 'acceptance-withdraw';
  /** What the body is called in the words of a fault. */
  what: string;
  done: (donor: string) => string;
};

const NOT_SELECT: Saying = {
  command: 'offer-not-select',
  what: 'The answer',
  done: (donor) => `${donor} knows that you do not take its offer.`,
};

const TAKE_BACK: Saying = {
  command: 'acceptance-withdraw',
  what: 'The correction',
  done: (donor) =>
    `The line is open again; the units stay taken until ${donor} has answered, and are sent home if it confirms.`,
};

const sayOfOffer = async (
  session: Session,
  { command, what, done }: Saying,
  { written, offer }: { written: string; offer: string },
  flags: { reason: string; commandId?: string },
): Promise<Output> => {
  const request = await findRequest(session, written, session.org);
  const { offerId, donor } = findOffer(request, offer);
  const body = checked(
    COMMANDS[command],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('requester'),
      requestId: request.requestId,
      offerId,
      reason: flags.reason,
    },
    what,
  );
  const stored = await session.command(command, body);
  return storedOutput(stored, {
    done: done(donor),
    ids: { 'offer id': offerId, 'request id': request.requestId },
    next: [`muster request show ${request.requestId} --as ${session.org}`],
  });
};

const REQUEST_ARGUMENT = ['<request>', 'id of the request, or the unique beginning of it'] as const;
const OFFER_ARGUMENT = ['<offer>', 'id of the offer, or the unique beginning of it'] as const;
const HOST_OPTION = ['--host <org>', 'whose request it is, if two have the same id'] as const;

/** What becomes of offers that nobody has accepted, below `muster offer`. */
export const addUnaccepted = (offer: Command, io: Io): void => {
  withExamples(
    offer
      .command('condition-met')
      .description('say that the condition of a provisional offer has come true: it is firm from now on')
      .argument(...REQUEST_ARGUMENT)
      .argument(...OFFER_ARGUMENT)
      .requiredOption('--note <text>', 'what has come true')
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, of: string, flags: Common & { note: string }, command: Command) =>
        run(io, command, (session) => conditionMet(session, id, of, flags)),
      ),
    'muster offer condition-met 3f2a 81bc --as essex --note "the march has ended"',
  );
  withExamples(
    offer
      .command('withdraw')
      .description('take back an offer that the host has not accepted')
      .argument(...REQUEST_ARGUMENT)
      .argument(...OFFER_ARGUMENT)
      .requiredOption(
        '--reason <code>',
        'no-capacity, own-demand, not-accredited, welfare-rest, condition-not-met, entered-in-error or other',
      )
      .requiredOption('--because <text>', 'the reason in words')
      .option(...HOST_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action(
        (id: string, of: string, flags: Common & { reason: string; because: string }, command: Command) =>
          run(io, command, (session) => withdraw(session, id, of, flags)),
      ),
    'muster offer withdraw 3f2a 81bc --as essex --reason entered-in-error --because "2, not 12"',
  );
  withExamples(
    offer
      .command('not-select')
      .description('turn an offer down, and say why')
      .argument(...REQUEST_ARGUMENT)
      .argument(...OFFER_ARGUMENT)
      .requiredOption('--reason <text>', 'why you do not take it')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, of: string, flags: { reason: string; commandId?: string }, command: Command) =>
        run(io, command, (session) => sayOfOffer(session, NOT_SELECT, { written: id, offer: of }, flags)),
      ),
    'muster offer not-select 3f2a 81bc --as kent --reason "a nearer team is free"',
  );
  withExamples(
    offer
      .command('take-back')
      .description('take back an acceptance that you did not mean, until its donor has confirmed')
      .argument(...REQUEST_ARGUMENT)
      .argument(...OFFER_ARGUMENT)
      .requiredOption('--reason <text>', 'what was wrong')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, of: string, flags: { reason: string; commandId?: string }, command: Command) =>
        run(io, command, (session) => sayOfOffer(session, TAKE_BACK, { written: id, offer: of }, flags)),
      ),
    'muster offer take-back 3f2a 81bc --as kent --reason "the team from surrey was meant"',
  );
};

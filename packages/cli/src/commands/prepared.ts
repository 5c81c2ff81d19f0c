import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import { addRationale, type RationaleFlags, rationaleOf } from '../input/rationale.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findOffer, findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, withExamples } from './run.ts';
import { checked, commandIdOf } from './written.ts';

type Common = { host?: string; commandId?: string };

/** What a command says about an offer that the force itself has prepared. */
const named = async (session: Session, written: string, offer: string, flags: Common) => {
  const request = await findRequest(session, written, flags.host);
  const { host, requestId } = request;
  const { offerId } = findOffer(request, offer);
  return { commandId: commandIdOf(session.io, flags.commandId), host, requestId, offerId };
};

type ApproveFlags = Common & RationaleFlags & { rank?: string };

const approve = async (
  session: Session,
  written: string,
  offer: string,
  flags: ApproveFlags,
): Promise<Output> => {
  const of = await named(session, written, offer, flags);
  const { host, requestId, offerId } = of;
  const body = checked(
    COMMANDS['offer-approve'],
    {
      ...of,
      actor: session.actor('donor-approver'),
      rationale: rationaleOf(flags),
      ...(flags.rank === undefined ? {} : { authorityRank: flags.rank }),
    },
    'The approval',
  );
  const stored = await session.command('offer-approve', body);
  return storedOutput(stored, {
    done: `Approved by ${body.actor.id}: ${host} has your offer; nothing is held until it accepts.`,
    ids: { 'offer id': offerId, 'request id': requestId },
    next: [`muster watch --request ${requestId} --as ${session.org}`],
  });
};

type RefuseFlags = Common & RationaleFlags & { reason: string; decline?: string; takeBack?: true };

const refuse = async (
  session: Session,
  written: string,
  offer: string,
  flags: RefuseFlags,
): Promise<Output> => {
  const of = await named(session, written, offer, flags);
  const { host, requestId, offerId } = of;
  const body = checked(
    COMMANDS['offer-refuse'],
    {
      ...of,
      actor: session.actor(flags.takeBack ? 'donor-desk' : 'donor-approver'),
      reason: flags.reason,
      ...(flags.takeBack ? {} : { rationale: rationaleOf(flags) }),
      // The reader of the contract names the reasons that there are.
      ...(flags.decline === undefined ? {} : { declineReason: flags.decline as 'other' }),
    },
    'The refusal',
  );
  const stored = await session.command('offer-refuse', body);
  return storedOutput(stored, {
    done: body.declineReason
      ? `The offer is not made, and ${host} knows that you offer nothing for its line.`
      : `The offer is not made; ${host} has no answer from you yet.`,
    ids: { 'offer id': offerId, 'request id': requestId },
    next: body.declineReason ? [] : [`muster request show ${requestId} --as ${session.org}`],
  });
};

const REQUEST_ARGUMENT = ['<request>', 'id of the request, or the unique beginning of it'] as const;
const OFFER_ARGUMENT = ['<offer>', 'id of the prepared offer, or the unique beginning of it'] as const;
const HOST_OPTION = ['--host <org>', 'whose request it is, if two have the same id'] as const;

/** What a donor decides about offers before it makes them, below `muster offer`. */
export const addPrepared = (offer: Command, io: Io): void => {
  withExamples(
    addRationale(
      offer
        .command('approve')
        .description('donor approver: let an offer go out that your desk has prepared')
        .argument(...REQUEST_ARGUMENT)
        .argument(...OFFER_ARGUMENT)
        .option('--rank <rank>', 'rank under which you decide')
        .option(...HOST_OPTION),
    )
      .option(...COMMAND_ID_OPTION)
      .action((id: string, of: string, flags: ApproveFlags, command: Command) =>
        run(io, command, (session) => approve(session, id, of, flags)),
      ),
    'muster offer approve 3f2a 81bc --as essex --desk duty-acc --rationale why.yaml',
  );
  withExamples(
    addRationale(
      offer
        .command('refuse')
        .description('donor approver: do not let a prepared offer go out, and say why')
        .argument(...REQUEST_ARGUMENT)
        .argument(...OFFER_ARGUMENT)
        .requiredOption('--reason <text>', 'what your desk is told')
        .option(
          '--decline <code>',
          'tell the host too: no-capacity, own-demand, not-accredited, distance, welfare-rest, policy or other',
        )
        .option('--take-back', 'as the desk that prepared it; no rationale is needed')
        .option(...HOST_OPTION),
    )
      .option(...COMMAND_ID_OPTION)
      .action((id: string, of: string, flags: RefuseFlags, command: Command) =>
        run(io, command, (session) => refuse(session, id, of, flags)),
      ),
    'muster offer refuse 3f2a 81bc --as essex --desk duty-acc --reason "one team stays" --rationale why.yaml --decline own-demand',
    'muster offer refuse 3f2a 81bc --as essex --reason "typed wrongly" --take-back',
  );
};

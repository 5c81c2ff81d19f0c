import { showMoney } from '@muster/claim-pack';
import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import { readPence } from '../input/money.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findClaim } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { CLAIM_ARGUMENT, claimHead, claimNamed } from './claimNames.ts';
import { COMMAND_ID_OPTION, run, several, withExamples } from './run.ts';
import { checked, timeOption } from './written.ts';

type Common = { commandId?: string };

const check = async (session: Session, id: string, flags: Common): Promise<Output> => {
  const view = await findClaim(session, id);
  const body = checked(COMMANDS['claim-check'], claimHead(session, view, flags), 'The check');
  const stored = await session.command('claim-check', body);
  return storedOutput(stored, {
    done: `${body.actor.id} has checked ${showMoney(view.totalPence)}; another post has to agree.`,
    ids: { 'claim id': view.claimId },
    next: [`muster claim agree ${view.claimId} --as ${view.host} --desk ANOTHER-POST`],
  });
};

type QueryFlags = Common & { because: string; line?: string[] };

const query = async (session: Session, id: string, flags: QueryFlags): Promise<Output> => {
  const view = await findClaim(session, id);
  const body = checked(
    COMMANDS['claim-query'],
    { ...claimHead(session, view, flags), reason: flags.because, lineIds: flags.line ?? [] },
    'The query',
  );
  const stored = await session.command('claim-query', body);
  return storedOutput(stored, {
    done: `${view.donor} is asked about ${body.lineIds.length === 0 ? 'the whole claim' : body.lineIds.join(', ')}.`,
    ids: { 'claim id': view.claimId },
    next: [`muster claim answer ${view.claimId} --as ${view.donor} --answer TEXT`],
  });
};

const agree = async (session: Session, id: string, flags: Common): Promise<Output> => {
  const view = await findClaim(session, id);
  const body = checked(COMMANDS['claim-agree'], claimHead(session, view, flags), 'The agreement');
  const stored = await session.command('claim-agree', body);
  return storedOutput(stored, {
    done: `${view.host} agrees to pay ${showMoney(view.totalPence)} to ${view.donor}.`,
    ids: { 'claim id': view.claimId },
    next: [`muster claim pay ${view.claimId} --as ${view.host} --amount POUNDS --ref REFERENCE`],
  });
};

type PayFlags = Common & { amount: string; ref: string; at?: string };

const pay = async (session: Session, id: string, flags: PayFlags): Promise<Output> => {
  const amountPence = readPence(flags.amount);
  if (amountPence === undefined) throw usage('--amount takes pounds, such as 400.01');
  const paidAt = timeOption(session.io, '--at', flags.at ?? 'now');
  const view = await findClaim(session, id);
  const body = checked(
    COMMANDS['claim-pay'],
    { ...claimHead(session, view, flags), amountPence, paidAt, paymentRef: flags.ref },
    'The payment',
  );
  const stored = await session.command('claim-pay', body);
  return storedOutput(stored, {
    done: `${showMoney(amountPence)} are paid to ${view.donor}; the claim is settled.`,
    ids: { 'claim id': view.claimId },
    next: [`muster claim pack ${view.claimId} --as ${view.host}`],
  });
};

type WaiveFlags = Common & { basis: string; because: string };

const waive = async (session: Session, id: string, flags: WaiveFlags): Promise<Output> => {
  const view = await findClaim(session, id);
  const body = checked(
    COMMANDS['claim-waive'],
    // The contract names the grounds that there are.
    { ...claimHead(session, view, flags), basis: flags.basis as 'payback', reason: flags.because },
    'The waiver',
  );
  const stored = await session.command('claim-waive', body);
  const isWaived = stored.events.some(({ type }) => type === 'muster.claim.waived.v1');
  const other = session.org === view.host ? view.donor : view.host;
  return storedOutput(stored, {
    done: isWaived
      ? `Both sides have said so: ${claimNamed(view)} is waived.`
      : `${other} has to say the same before ${claimNamed(view)} is waived.`,
    ids: { 'claim id': view.claimId },
    next: isWaived
      ? [`muster claim pack ${view.claimId} --as ${session.org}`]
      : [`muster claim waive ${view.claimId} --as ${other} --basis ${flags.basis} --because TEXT`],
  });
};

const BECAUSE = ['--because <text>', 'why, in a sentence; no names'] as const;

const addJudging = (claim: Command, io: Io): void => {
  withExamples(
    claim
      .command('check')
      .description('as host: you have gone through what is claimed; another post may agree')
      .argument(...CLAIM_ARGUMENT)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: Common, command: Command) =>
        run(io, command, (session) => check(session, id, flags)),
      ),
    'muster claim check 81bc --as kent --desk finance-1',
  );
  withExamples(
    claim
      .command('query')
      .description('as host: ask before you agree')
      .argument(...CLAIM_ARGUMENT)
      .requiredOption(...BECAUSE)
      .option('--line <id>', 'the line that it is about (several times; default: all)', several)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: QueryFlags, command: Command) =>
        run(io, command, (session) => query(session, id, flags)),
      ),
    'muster claim query 81bc --as kent --because "which sheet is this from?" --line overtime',
  );
  withExamples(
    claim
      .command('agree')
      .description('as host: agree to pay, as another post than the one that checked or queried')
      .argument(...CLAIM_ARGUMENT)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: Common, command: Command) =>
        run(io, command, (session) => agree(session, id, flags)),
      ),
    'muster claim agree 81bc --as kent --desk finance-lead',
  );
};

/** What the host does about a claim, and how both sides waive one. */
export const addClaimHost = (claim: Command, io: Io): void => {
  addJudging(claim, io);
  withExamples(
    claim
      .command('pay')
      .description('as host: the agreed amount is paid, whole')
      .argument(...CLAIM_ARGUMENT)
      .requiredOption('--amount <pounds>', 'what was paid; must be what was agreed')
      .requiredOption('--ref <text>', 'reference of the payment')
      .option('--at <time>', 'when (default: now)')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: PayFlags, command: Command) =>
        run(io, command, (session) => pay(session, id, flags)),
      ),
    'muster claim pay 81bc --as kent --amount 2450 --ref "BACS 20261204-17"',
  );
  withExamples(
    claim
      .command('waive')
      .description('propose that nothing is paid, or say the same as the other side')
      .argument(...CLAIM_ARGUMENT)
      .requiredOption(
        '--basis <basis>',
        'payback (aid is paid back in kind) or nil-charge (within the free period)',
      )
      .requiredOption(...BECAUSE)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: WaiveFlags, command: Command) =>
        run(io, command, (session) => waive(session, id, flags)),
      ),
    'muster claim waive 81bc --as essex --basis payback --because "they lent us two vans in May"',
  );
};

import { showMoney } from '@muster/claim-pack';
import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import { readMoneyLines } from '../input/money.ts';
import type { Io } from '../io.ts';
import { claimListOutput, claimOutput } from '../output/claims.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { findClaim, findDeployment, readPages } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { addClaimHost } from './claimHost.ts';
import { CLAIM_ARGUMENT, claimHead, claimNamed } from './claimNames.ts';
import { addClaimPack } from './claimPack.ts';
import { COMMAND_ID_OPTION, run, several, withExamples } from './run.ts';
import { checked } from './written.ts';

type Common = { commandId?: string };

type LineFlags = Common & { line?: string[] };

const estimate = async (session: Session, id: string, flags: LineFlags): Promise<Output> => {
  const lines = flags.line && readMoneyLines(flags.line);
  const { donor, deploymentId: claimId, host } = await findDeployment(session, id);
  const body = checked(
    COMMANDS['claim-estimate'],
    { ...claimHead(session, { donor, claimId }, flags), ...(lines && { lines }) },
    'The estimate',
  );
  const stored = await session.command('claim-estimate', body);
  return storedOutput(stored, {
    done: `${claimNamed({ donor, host })} is open with its estimate.`.replace(/^t/, 'T'),
    ids: { 'claim id': claimId },
    next: [`muster claim record ${claimId} --as ${donor} --line category=pay,amount=POUNDS`],
  });
};

const record = async (session: Session, id: string, flags: LineFlags): Promise<Output> => {
  const lines = readMoneyLines(flags.line ?? []);
  const view = await findClaim(session, id);
  const body = checked(COMMANDS['claim-record'], { ...claimHead(session, view, flags), lines }, 'The costs');
  const stored = await session.command('claim-record', body);
  const { claimId, donor } = view;
  return storedOutput(stored, {
    done: `Recorded: ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} for ${claimNamed(view)}.`,
    ids: { 'claim id': claimId },
    next: [`muster claim submit ${claimId} --as ${donor}`, `muster claim show ${claimId} --as ${donor}`],
  });
};

const submit = async (session: Session, id: string, flags: Common): Promise<Output> => {
  const view = await findClaim(session, id);
  const body = checked(COMMANDS['claim-submit'], claimHead(session, view, flags), 'The claim');
  const stored = await session.command('claim-submit', body);
  const { claimId, host, totalPence } = view;
  return storedOutput(stored, {
    done: `${host} is told that ${showMoney(totalPence)} are claimed.`,
    ids: { 'claim id': claimId },
    next: [`muster claim check ${claimId} --as ${host}`],
  });
};

type AnswerFlags = LineFlags & { answer: string };

const answer = async (session: Session, id: string, flags: AnswerFlags): Promise<Output> => {
  const lines = flags.line && readMoneyLines(flags.line);
  const view = await findClaim(session, id);
  const body = checked(
    COMMANDS['claim-answer'],
    { ...claimHead(session, view, flags), answer: flags.answer, ...(lines && { lines }) },
    'The answer',
  );
  const stored = await session.command('claim-answer', body);
  return storedOutput(stored, {
    done: `Answered; ${claimNamed(view)} is claimed anew.`,
    ids: { 'claim id': view.claimId },
    next: [`muster claim check ${view.claimId} --as ${view.host}`],
  });
};

const show = async (session: Session, id: string): Promise<Output> =>
  claimOutput(await findClaim(session, id), session.io.color);

type ListFlags = { status?: string; host?: string; donor?: string };

const list = async (session: Session, { status, host, donor }: ListFlags): Promise<Output> => {
  const items = await readPages((cursor) =>
    session.ask('claim-list', {
      // The contract names the statuses that there are.
      ...(status === undefined ? {} : { status: status.toUpperCase() as 'PAID' }),
      ...(host === undefined ? {} : { host }),
      ...(donor === undefined ? {} : { donor }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  return claimListOutput(items, session.io.color);
};

const LINE_OPTION = [
  '--line <line>',
  'id=…,category=…,hours=…,rate=…,amount=POUNDS,evidence=… (several times); categories: pay, overtime, travel, accommodation, subsistence, equipment, other',
  several,
] as const;

const addLooks = (claim: Command, io: Io): void => {
  withExamples(
    claim
      .command('list')
      .description('claims by you or on you, and how they stand')
      .option('--status <status>', 'estimated, accruing, submitted, queried, agreed, paid or waived')
      .option('--host <org>', 'on one organisation')
      .option('--donor <force>', 'of one force')
      .action((flags: ListFlags, command: Command) => run(io, command, (session) => list(session, flags))),
    'muster claim list --as kent --status submitted',
  );
  withExamples(
    claim
      .command('show')
      .description('one claim with its lines')
      .argument(...CLAIM_ARGUMENT)
      .action((id: string, _flags: object, command: Command) =>
        run(io, command, (session) => show(session, id)),
      ),
    'muster claim show 81bc --as kent',
  );
};

const addDonor = (claim: Command, io: Io): void => {
  withExamples(
    claim
      .command('estimate')
      .description('as donor: say what a deployment is expected to cost; its claim is open from then on')
      .argument('<deployment>', 'its id, or the unique beginning of it')
      .option(...LINE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: LineFlags, command: Command) =>
        run(io, command, (session) => estimate(session, id, flags)),
      ),
    'muster claim estimate 81bc --as essex',
    'muster claim estimate 81bc --as essex --line category=pay,hours=61.5,amount=2450',
  );
  withExamples(
    claim
      .command('record')
      .description('as donor: costs that have come up; a line takes the place of an earlier one of its id')
      .argument(...CLAIM_ARGUMENT)
      .requiredOption(...LINE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: LineFlags, command: Command) =>
        run(io, command, (session) => record(session, id, flags)),
      ),
    'muster claim record 81bc --as essex --line "category=overtime,hours=12,amount=540.20,evidence=sheet 4"',
  );
  withExamples(
    claim
      .command('submit')
      .description('as donor: claim what is recorded, once the units are home')
      .argument(...CLAIM_ARGUMENT)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: Common, command: Command) =>
        run(io, command, (session) => submit(session, id, flags)),
      ),
    'muster claim submit 81bc --as essex',
  );
  withExamples(
    claim
      .command('answer')
      .description('as donor: answer a query and claim anew, with lines put right where they were wrong')
      .argument(...CLAIM_ARGUMENT)
      .requiredOption('--answer <text>', 'what you say to it; no names')
      .option(...LINE_OPTION)
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: AnswerFlags, command: Command) =>
        run(io, command, (session) => answer(session, id, flags)),
      ),
    'muster claim answer 81bc --as essex --answer "one sheet was in twice" --line category=overtime,amount=270.10',
  );
};

/** `muster claim` and what is below it. */
export const addClaim = (program: Command, io: Io): void => {
  const claim = program
    .command('claim')
    .description('the money for units that one force has lent to another');
  addDonor(claim, io);
  addClaimHost(claim, io);
  addLooks(claim, io);
  addClaimPack(claim, io);
};

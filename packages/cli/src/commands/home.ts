import { type HomeRefusalReason, homeRefusalReason } from '@muster/contracts';
import type { HomeState } from '@muster/domain';
import type { Command } from 'commander';
import { notFound, usage } from '../errors.ts';
import { type DutyFlags, dutyOf, withDuty } from '../input/duty.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import { homeOutput, writtenOutput } from '../output/home.ts';
import { matchId } from '../output/ids.ts';
import type { Output } from '../output/print.ts';
import { readHome, writeHome } from '../session/home.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { commandIdOf, timeOption } from './written.ts';

type Named = { capabilityId: string; id: string };

/** The capability and the whole id that the beginning of an id means in this ledger. */
const findIn = (states: ReadonlyMap<string, HomeState>, written: string, what: 'booking' | 'use'): Named => {
  const all = [...states.values()].flatMap(({ capabilityId, bookings, uses }): Named[] =>
    [...(what === 'booking' ? bookings : uses).keys()].map((id) => ({ capabilityId, id })),
  );
  const match = matchId(written, all, (named) => named.id);
  switch (match.kind) {
    case 'one':
      return match.item;
    case 'none':
      throw notFound(
        `There is no ${what} "${written}" in your home ledger`,
        'muster home show lists what there is.',
      );
    case 'several':
      throw usage(`"${written}" could be ${match.items.length} ${what}s; write more of the id`);
  }
};

type UseFlags = { quantity: number; from: string; to: string; reason?: string; commandId?: string };

const use = async (session: Session, capabilityId: string, flags: UseFlags): Promise<Output> => {
  const { io, org } = session;
  const commandId = commandIdOf(io, flags.commandId);
  const from = timeOption(io, '--from', flags.from);
  const to = timeOption(io, '--to', flags.to);
  const written = await writeHome(session, {
    capabilityId,
    commandId,
    actor: session.actor('donor-desk'),
    input: { kind: 'use', useId: commandId, quantity: flags.quantity, from, to, reason: flags.reason },
  });
  return writtenOutput({
    done: `${flags.quantity} of ${capabilityId} are in own use from ${showTime(from)} to ${showTime(to)}.`,
    ids: { 'use id': commandId },
    commandId,
    ...written,
    next: [`muster home return ${commandId} --as ${org}`],
  });
};

const giveBack = async (
  session: Session,
  id: string,
  flags: { at?: string; commandId?: string },
): Promise<Output> => {
  const { io, org } = session;
  const named = findIn(await readHome(session), id, 'use');
  const commandId = commandIdOf(io, flags.commandId);
  const at = timeOption(io, '--at', flags.at ?? 'now');
  const written = await writeHome(session, {
    capabilityId: named.capabilityId,
    commandId,
    actor: session.actor('donor-desk'),
    input: { kind: 'use-return', useId: named.id, at },
  });
  return writtenOutput({
    done: `${named.capabilityId} is back from own use since ${showTime(at)}.`,
    ids: { 'use id': named.id },
    commandId,
    ...written,
    next: [`muster capability show ${org} ${named.capabilityId} --as ${org}`],
  });
};

type ConfirmFlags = DutyFlags & { override?: string; commandId?: string };

const confirm = async (session: Session, id: string, flags: ConfirmFlags): Promise<Output> => {
  const named = findIn(await readHome(session), id, 'booking');
  const commandId = commandIdOf(session.io, flags.commandId);
  const written = await writeHome(session, {
    capabilityId: named.capabilityId,
    commandId,
    actor: session.actor('donor-approver'),
    input: {
      kind: 'confirm',
      bookingId: named.id,
      ...dutyOf(session.io, flags),
      override: flags.override,
    },
  });
  return writtenOutput({
    done: `Confirmed: the units of ${named.capabilityId} are committed, and the hub opens the deployment.`,
    ids: { 'booking id': named.id },
    commandId,
    ...written,
    next: [`muster deployment list --as ${session.org}`],
  });
};

const reasonOf = (written: string): HomeRefusalReason => {
  const reason = homeRefusalReason.safeParse(written);
  if (reason.success) return reason.data;
  throw usage(`--reason: "${written}" is none of ${homeRefusalReason.options.join(', ')}`);
};

const refuse = async (
  session: Session,
  id: string,
  flags: { reason: string; commandId?: string },
): Promise<Output> => {
  const reasonCode = reasonOf(flags.reason);
  const named = findIn(await readHome(session), id, 'booking');
  const commandId = commandIdOf(session.io, flags.commandId);
  const written = await writeHome(session, {
    capabilityId: named.capabilityId,
    commandId,
    actor: session.actor('donor-approver'),
    input: { kind: 'refuse', bookingId: named.id, reasonCode },
  });
  return writtenOutput({
    done: `Refused: the units of ${named.capabilityId} are free again, and the host is told.`,
    ids: { 'booking id': named.id },
    commandId,
    ...written,
    next: [],
  });
};

const BOOKING_ARGUMENT = ['<booking>', 'its id, or the unique beginning of it'] as const;

const addUse = (home: Command, io: Io): void => {
  withExamples(
    home
      .command('use')
      .description('take units for your own force; what is committed to others cannot be taken')
      .argument('<capability>', 'which of your capabilities')
      .requiredOption('--quantity <n>', 'how many', whole(1, 10_000))
      .requiredOption('--to <time>', 'until when')
      .option('--from <time>', 'from when', 'now')
      .option('--reason <text>', 'for what; no names')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: UseFlags, command: Command) =>
        run(io, command, (session) => use(session, id, flags)),
      ),
    'muster home use cy-fccu-1 --as essex --quantity 1 --to +8h --reason "own incident"',
  );
  withExamples(
    home
      .command('return')
      .description('units are back from own use')
      .argument('<use>', 'id of the use, or the unique beginning of it')
      .option('--at <time>', 'since when (default: now)')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: { at?: string; commandId?: string }, command: Command) =>
        run(io, command, (session) => giveBack(session, id, flags)),
      ),
    'muster home return 77aa --as essex',
  );
};

const addVerdicts = (home: Command, io: Io): void => {
  withExamples(
    withDuty(home.command('confirm'))
      .description('lend the units that a host has reserved')
      .argument(...BOOKING_ARGUMENT)
      .option('--override <reason>', 'lend units that should rest, and why; it is on record')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: ConfirmFlags, command: Command) =>
        run(io, command, (session) => confirm(session, id, flags)),
      ),
    'muster home confirm 81bc --as essex',
  );
  withExamples(
    home
      .command('refuse')
      .description('do not lend the units that a host has reserved')
      .argument(...BOOKING_ARGUMENT)
      .requiredOption('--reason <code>', homeRefusalReason.options.join(', '))
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: { reason: string; commandId?: string }, command: Command) =>
        run(io, command, (session) => refuse(session, id, flags)),
      ),
    'muster home refuse 81bc --as essex --reason own-demand',
  );
};

/** `muster home` and what is below it: the force's own ledger. */
export const addHome = (program: Command, io: Io): void => {
  const home = program
    .command('home')
    .description("your force's own ledger: what it lends and what it uses itself");
  withExamples(
    home
      .command('show')
      .description('bookings, what waits for your decision, and own use')
      .argument('[capability]', 'one capability (default: all)')
      .option('--all', 'also what has ended')
      .action((id: string | undefined, flags: { all?: boolean }, command: Command) =>
        run(io, command, async (session) =>
          homeOutput(await readHome(session, id), flags.all === true, io.color),
        ),
      ),
    'muster home show --as essex',
    'muster home show cy-fccu-1 --as essex --all --json',
  );
  addUse(home, io);
  addVerdicts(home, io);
};

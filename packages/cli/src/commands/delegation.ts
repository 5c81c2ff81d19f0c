import { COMMANDS } from '@muster/contracts';
import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { storedOutput } from '../output/stored.ts';
import { type Cell, table } from '../output/table.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, whole, withExamples } from './run.ts';
import { checked, commandIdOf, timeOption } from './written.ts';

type GrantFlags = {
  post: string;
  role: string;
  codes: string;
  units: number;
  costPence?: number;
  emergencies?: boolean;
  from: string;
  to: string;
  reason: string;
  commandId?: string;
};

const grant = async (session: Session, flags: GrantFlags): Promise<Output> => {
  const body = checked(
    COMMANDS['delegation-grant'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('force-ict'),
      post: flags.post,
      // The reader of the contract names the roles that there are.
      role: flags.role as 'approver',
      scope: {
        codes: flags.codes.split(',').map((code) => code.trim()),
        maxQuantity: flags.units,
        ...(flags.costPence === undefined ? {} : { maxCostPence: flags.costPence }),
        emergencies: flags.emergencies === true,
      },
      validFrom: timeOption(session.io, '--from', flags.from),
      validTo: timeOption(session.io, '--to', flags.to),
      reason: flags.reason,
    },
    'The delegation',
  );
  const stored = await session.command('delegation-grant', body);
  return storedOutput(stored, {
    done: `${body.post} may decide as ${body.role} until ${showTime(body.validTo)}.`,
    ids: { 'delegation id': stored.commandId },
    next: [`muster delegation list --as ${session.org}`],
  });
};

const revoke = async (
  session: Session,
  delegationId: string,
  flags: { reason: string; commandId?: string },
): Promise<Output> => {
  const body = checked(
    COMMANDS['delegation-revoke'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('force-ict'),
      delegationId,
      reason: flags.reason,
    },
    'The revocation',
  );
  const stored = await session.command('delegation-revoke', body);
  return storedOutput(stored, {
    done: 'Revoked; what was decided under it stands.',
    ids: { 'delegation id': delegationId },
    next: [],
  });
};

const above = (units: number | null): string =>
  units === null ? 'never by a rule' : units === 0 ? 'always' : `above ${units} units`;

const list = async (session: Session, of: string | undefined): Promise<Output> => {
  const answer = await session.ask('delegations', of === undefined ? {} : { org: of });
  const rows = table(
    ['delegation', 'post', 'role', 'codes', 'units', 'emergencies', 'from', 'to', 'holds'],
    answer.delegations.map((each): Cell[] => [
      each.delegationId,
      each.post,
      each.role,
      each.scope.codes.join(' '),
      each.scope.maxQuantity,
      each.scope.emergencies ? 'yes' : 'no',
      showTime(each.validFrom),
      showTime(each.validTo),
      each.isValid ? 'yes' : each.revokedAt ? `revoked ${showTime(each.revokedAt)}` : 'not now',
    ]),
    { empty: `${answer.org} has granted no delegation.`, color: session.io.color },
  );
  const { requests, offers } = answer.rules;
  const rules = `People approve requests ${above(requests.personAbove)}, offers ${above(offers.personAbove)}.`;
  return { json: answer, text: `${rows}\n\n${rules}` };
};

type RuleFlags = { requests: string; offers: string; reason: string; commandId?: string };

const personAbove = (written: string): number | null => (written === 'never' ? null : Number(written));

const setRules = async (session: Session, flags: RuleFlags): Promise<Output> => {
  const body = checked(
    COMMANDS['approval-rules-set'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor('force-ict'),
      rules: {
        requests: { personAbove: personAbove(flags.requests) },
        offers: { personAbove: personAbove(flags.offers) },
      },
      reason: flags.reason,
    },
    'The rules',
  );
  const stored = await session.command('approval-rules-set', body);
  return storedOutput(stored, {
    done: 'The rules hold from now on.',
    ids: {},
    next: [`muster delegation list --as ${session.org}`],
  });
};

/** `muster delegation` and what is below it: who may decide what for the organisation. */
export const addDelegation = (program: Command, io: Io): void => {
  const delegation = program.command('delegation').description('who may decide what for your organisation');
  withExamples(
    delegation
      .command('grant')
      .description('let a post decide, within a scope and a time')
      .requiredOption('--post <post>', 'the post, never a name')
      .requiredOption('--role <role>', 'approver, donor-approver, finance, ricc or national-centre')
      .requiredOption('--codes <codes>', 'capability codes or prefixes, separated by commas; * is all')
      .requiredOption('--units <n>', 'units that one decision may be about', whole(1, 10_000))
      .requiredOption('--from <time>', 'from when')
      .requiredOption('--to <time>', 'until when')
      .requiredOption('--reason <text>', 'under which scheme')
      .option('--cost-pence <n>', 'most that one decision may cost', whole(0, 10_000_000_000))
      .option('--emergencies', 'may approve by word of mouth first')
      .option(...COMMAND_ID_OPTION)
      .action((flags: GrantFlags, command: Command) => run(io, command, (session) => grant(session, flags))),
    'muster delegation grant --as kent --desk register --post duty-acc --role approver --codes CY,PO --units 50 --from now --to +52w --emergencies --reason "scheme of delegation"',
  );
  withExamples(
    delegation
      .command('revoke')
      .description('take a delegation back; what was decided under it stands')
      .argument('<delegation>', 'its id')
      .requiredOption('--reason <text>', 'why')
      .option(...COMMAND_ID_OPTION)
      .action((id: string, flags: { reason: string; commandId?: string }, command: Command) =>
        run(io, command, (session) => revoke(session, id, flags)),
      ),
    'muster delegation revoke 3f2a --as kent --desk register --reason "the post was closed"',
  );
  withExamples(
    delegation
      .command('list')
      .description('the register, and from which size on people decide')
      .option('--of <org>', 'of another organisation that you look after')
      .action((flags: { of?: string }, command: Command) =>
        run(io, command, (session) => list(session, flags.of)),
      ),
    'muster delegation list --as kent',
  );
  withExamples(
    delegation
      .command('rules')
      .description('set from which size on a person, and not a policy, decides')
      .requiredOption('--requests <n>', 'people approve requests above so many units; 0 always, never')
      .requiredOption('--offers <n>', 'people approve offers above so many units; 0 always, never')
      .requiredOption('--reason <text>', 'why')
      .option(...COMMAND_ID_OPTION)
      .action((flags: RuleFlags, command: Command) =>
        run(io, command, (session) => setRules(session, flags)),
      ),
    'muster delegation rules --as kent --desk register --requests 2 --offers never --reason "scheme of delegation"',
  );
};

import {
  ACCEPTED_OFFERS_MAX,
  COMMANDS,
  FORCES,
  orgKind,
  PLAN_LEFT_OUT_MAX,
  PLAN_TIME_LIMIT_MS_MAX,
  type PlanView,
} from '@muster/contracts';
import type { Command } from 'commander';
import { CliError, usage } from '../errors.ts';
import { readPlan, savePlan } from '../input/plan.ts';
import { rowsLeft } from '../input/rows.ts';
import { readNextTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { planOutput } from '../output/plan.ts';
import type { Output } from '../output/print.ts';
import { details } from '../output/table.ts';
import { findRequest } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { COMMAND_ID_OPTION, run, several, whole, withExamples } from './run.ts';
import { checked, commandIdOf } from './written.ts';

const SECOND_MS = 1_000;

type PlanFlags = {
  request?: string[];
  without?: string;
  by?: string;
  timeLimit?: number;
  leftOut?: number;
  save?: string;
};

const forcesOf = (written: string | undefined): string[] => {
  const forces = (written ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : part.trim()));
  const unknown = forces.filter((force) => !FORCES.some(({ id }) => id === force));
  if (unknown.length > 0) throw usage(`--without: ${unknown.join(', ')} is not a force on the mesh`);
  return forces;
};

const byTime = (io: Io, written: string | undefined): string | undefined => {
  if (written === undefined) return undefined;
  const read = readNextTime(written, io.now());
  if (read.ok) return read.instant;
  throw usage(`--by: ${read.because}`, [{ path: '--by', because: read.because }]);
};

const plan = async (session: Session, flags: PlanFlags): Promise<Output> => {
  const { io, org, mode } = session;
  const without = forcesOf(flags.without);
  const by = byTime(io, flags.by);
  const requestIds: string[] = [];
  for (const written of flags.request ?? []) {
    requestIds.push((await findRequest(session, written)).requestId);
  }
  const timeLimitMs = flags.timeLimit === undefined ? undefined : flags.timeLimit * SECOND_MS;
  const made = await session.ask('plan', {
    ...(requestIds.length > 0 && { requestIds }),
    ...(without.length > 0 && { without }),
    ...(by !== undefined && { by }),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
    ...(flags.leftOut !== undefined && { leftOutLimit: flags.leftOut }),
  });
  if (flags.save !== undefined) savePlan(flags.save, { mode, org, plan: made });
  return planOutput(made, { org, savedAs: flags.save, color: io.color });
};

type ApproveFlags = { only?: string; skip?: string; rationale?: string; commandId?: string };

const roleOf = (org: string): 'approver' | 'ricc' | 'national-centre' => {
  switch (orgKind(org)?.kind) {
    case 'national':
      return 'national-centre';
    case 'region':
      return 'ricc';
    case 'force':
    case undefined:
      return 'approver';
  }
};

const rowText = ({ assignments }: PlanView, row: number): string => {
  const each = assignments[row - 1];
  if (!each) throw new Error(`the plan has no row ${row}`);
  const { quantity, donor, capabilityId, host, requestId, lineId } = each;
  return `row ${row} (${quantity} of ${donor}/${capabilityId} for ${host}/${requestId} line ${lineId})`;
};

const PLACE = /^assignments\[(\d+)\]$/;

/** What has changed since the plan was made, by its rows, and how the rest of it is approved. */
const staleError = (
  { fault }: CliError,
  approved: { plan: PlanView; rows: readonly number[]; file: string; org: string },
): CliError => {
  const { plan, rows, file, org } = approved;
  const gone: number[] = [];
  const fields = (fault.fields ?? []).map(({ path, because }) => {
    const row = rows[Number(PLACE.exec(path)?.[1])];
    if (row === undefined) return { path, because };
    gone.push(row);
    return { path: rowText(plan, row), because };
  });
  const rest = rows.filter((row) => !gone.includes(row));
  const remedy =
    rest.length === 0
      ? 'Nothing of it holds any more: ask for a new plan.'
      : `Ask for a new plan, or approve the rest of this one:\n  muster plan approve ${file} --as ${org} --only ${rest.join(',')}`;
  return new CliError({ ...fault, fields, remedy });
};

const approve = async (session: Session, file: string, flags: ApproveFlags): Promise<Output> => {
  const made = readPlan(file, session.mode);
  const rows = rowsLeft(
    made.assignments.map(({ donor }) => [donor]),
    flags,
  );
  if (rows.length === 0) throw usage('Nothing of the plan is left to approve');
  if (rows.length > ACCEPTED_OFFERS_MAX) {
    const because = `${rows.length} rows are to be approved, and at most ${ACCEPTED_OFFERS_MAX} can be at once`;
    throw usage(`${because}; approve it in parts with --only, such as --only 1-${ACCEPTED_OFFERS_MAX}`);
  }
  const body = checked(
    COMMANDS['plan-approve'],
    {
      commandId: commandIdOf(session.io, flags.commandId),
      actor: session.actor(roleOf(session.org)),
      planId: made.planId,
      basedOnSeq: made.basedOnSeq,
      policyVersion: made.policyVersion ?? 'not told',
      ...(flags.rationale !== undefined && { rationale: flags.rationale }),
      assignments: rows.flatMap((row) => made.assignments[row - 1] ?? []),
    },
    'The approval',
  );
  const approved = { plan: made, rows, file, org: session.org };
  const stored = await session.command('plan-approve', body).catch((error: unknown) => {
    throw error instanceof CliError && error.fault.code === 'plan-stale'
      ? staleError(error, approved)
      : error;
  });
  const units = body.assignments.reduce((sum, { quantity }) => sum + quantity, 0);
  const again = stored.repeated ? ' (stored by an earlier try with this command id)' : '';
  const done = `Approved ${rows.length} of ${made.assignments.length} rows: ${counted(units, 'unit')} reserved, in one write; the home forces now confirm.${again}`;
  const ids = details([
    ['plan', made.planId],
    ['command id', stored.commandId],
    ['sequence', stored.seq],
    ['events', stored.events.length],
  ]);
  const next = `Next:\n  muster board --as ${session.org}`;
  return { json: { ...stored, planId: made.planId, rows }, text: [done, ids, next].join('\n\n') };
};

/** `muster plan`: the best assignment for what is open, and its approval. */
export const addPlan = (program: Command, io: Io): void => {
  const command = program
    .command('plan')
    .description('coordinators: the best assignment for the lines that are short; nothing is reserved by it')
    .option('--request <request>', 'plan for this request only; may be given several times', several)
    .option('--without <forces>', 'forces to do without, such as kent,essex')
    .option('--by <time>', 'leave out what arrives later: 18:00 (the next one), +4h, or a date and time')
    .option(
      '--time-limit <s>',
      'seconds to look for the best plan (default 3); if it is not proven by then, the plan says so',
      whole(1, PLAN_TIME_LIMIT_MS_MAX / SECOND_MS),
    )
    .option(
      '--left-out <n>',
      'capabilities named for each line that stays short (default 5)',
      whole(0, PLAN_LEFT_OUT_MAX),
    )
    .option('--save <file>', 'keep the plan in a file, to approve it as it was shown')
    .action((flags: PlanFlags, own: Command) => run(io, own, (session) => plan(session, flags)));
  withExamples(
    command,
    'muster plan --as npocc',
    'muster plan --as kent --request 3f2a --without essex --by 18:00',
    'muster plan --as npocc --save plan.json',
  );
  withExamples(
    command
      .command('approve')
      .description(
        'approve a saved plan, or some rows of it: all of that is reserved in one write, or nothing',
      )
      .argument('<file>', 'the plan, as muster plan --save kept it')
      .option('--only <rows>', 'rows to approve, by number or donor, such as 1,3-5,essex')
      .option('--skip <rows>', 'rows to leave out, likewise')
      .option('--rationale <text>', 'why; kept with the approval')
      .option(...COMMAND_ID_OPTION)
      .action((file: string, flags: ApproveFlags, own: Command) =>
        run(io, own, (session) => approve(session, file, flags)),
      ),
    'muster plan approve plan.json --as npocc',
    'muster plan approve plan.json --as npocc --only 1-4,7 --rationale "the rest is settled by telephone"',
    'muster plan approve plan.json --as npocc --skip essex',
  );
};

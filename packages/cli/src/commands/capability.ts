import type { AskAnswer, CapabilityView } from '@muster/contracts';
import type { Command } from 'commander';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { type Cell, details, table } from '../output/table.ts';
import { readPages } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { run, whole, withExamples } from './run.ts';
import { pointOption, timeIfGiven } from './written.ts';

/** Kilometres searched around a point unless the person says otherwise. */
const WITHIN_KM_DEFAULT = 100;
const PAGE_ROWS = 1_000;

type ListFlags = {
  code?: string;
  region?: string;
  force?: string;
  near?: string;
  within?: number;
  from?: string;
  to?: string;
  minimum?: number;
  accreditation?: string;
  limit?: number;
};

const queryOf = (io: Io, flags: ListFlags) => ({
  ...(flags.code === undefined ? {} : { code: flags.code }),
  ...(flags.region === undefined ? {} : { region: flags.region }),
  ...(flags.force === undefined ? {} : { force: flags.force }),
  ...(flags.near === undefined
    ? {}
    : { near: { ...pointOption('--near', flags.near), withinKm: flags.within ?? WITHIN_KM_DEFAULT } }),
  from: timeIfGiven(io, '--from', flags.from),
  to: timeIfGiven(io, '--to', flags.to),
  ...(flags.minimum === undefined ? {} : { minimumQuantity: flags.minimum }),
  ...(flags.accreditation === undefined ? {} : { accreditation: flags.accreditation }),
});

const listTable = (items: readonly CapabilityView[], near: boolean, color: boolean): string =>
  table(
    [
      'force',
      'capability',
      'code',
      'kind',
      'free',
      'of',
      'unit',
      'notice',
      'base',
      ...(near ? ['km'] : []),
      'status',
    ],
    items.map((view): Cell[] => [
      view.force,
      view.capabilityId,
      view.code,
      view.kind,
      view.free,
      view.quantity,
      view.quantityUnit,
      `${view.noticeMinutes} min`,
      view.base.name,
      ...(near ? [view.distanceKm] : []),
      view.status,
    ]),
    { empty: 'No capability matches. A wider --near, --code or window may find some.', color },
  );

const list = async (session: Session, flags: ListFlags): Promise<Output> => {
  const query = queryOf(session.io, flags);
  const most = flags.limit ?? Number.POSITIVE_INFINITY;
  const rows = await readPages(async (cursor) => {
    const page = await session.ask('capability-search', {
      ...query,
      limit: Math.min(most, PAGE_ROWS),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return most <= PAGE_ROWS ? { items: page.items } : page;
  });
  const items = rows.slice(0, flags.limit);
  const total = `\n${items.length} ${items.length === 1 ? 'capability' : 'capabilities'}`;
  const text = listTable(items, flags.near !== undefined, session.io.color);
  return { json: { items }, text: items.length === 0 ? text : `${text}${total}` };
};

const calendarTable = ({ calendar }: AskAnswer<'capability-show'>, color: boolean): string =>
  table(
    ['from', 'to', 'taken', 'for', 'request', 'state'],
    calendar.map((entry): Cell[] => [
      showTime(entry.from),
      showTime(entry.to),
      entry.taken,
      entry.kind === 'local' ? 'own use' : (entry.host ?? 'another force'),
      entry.requestId,
      entry.state,
    ]),
    { empty: 'Nothing of it is taken.', color },
  );

const show = async (session: Session, force: string, capabilityId: string): Promise<Output> => {
  const answer = await session.ask('capability-show', { force, capabilityId });
  const view = answer.capability;
  const { releasableTo: to } = view;
  const text = details([
    ['capability', `${view.force} ${view.capabilityId}`],
    ['code', view.code],
    ['kind', view.kind],
    ['quantity', `${view.quantity} ${view.quantityUnit}, ${view.free} free now`],
    ['status', view.withdrawn ? 'withdrawn' : view.status],
    ['base', `${view.base.name} (${view.base.lat}, ${view.base.lon})`],
    ['notice', `${view.noticeMinutes} min`],
    ['releasable to', to.kind === 'forces' ? to.forces.join(', ') : to.kind],
    [
      'accreditations',
      view.accreditations
        .map((held) => (held.validTo ? `${held.scheme} until ${showTime(held.validTo)}` : held.scheme))
        .join(', '),
    ],
    ['windows', view.windows.map((w) => `${showTime(w.from)} to ${showTime(w.to)}`).join(', ')],
    ['reserve floor', view.reserveFloor],
    ['remarks', view.remarks],
    [
      'advert',
      `revision ${view.revision}, until ${showTime(view.expiresAt)}, heard ${showTime(view.confirmedAt)}`,
    ],
  ]);
  return { json: answer, text: `${text}\n\n${calendarTable(answer, session.io.color)}` };
};

/** `muster capability` and what is below it. */
export const addCapability = (program: Command, io: Io): void => {
  const capability = program
    .command('capability')
    .description('what forces advertise, and what of it is free');
  withExamples(
    capability
      .command('list')
      .description('find capabilities; only what may be released to you is shown')
      .option('--code <code>', 'capability code or the first part of one, such as CY')
      .option('--region <region>', 'region of the force')
      .option('--force <force>', 'one force')
      .option('--near <point>', 'nearest first, from a force or latitude/longitude')
      .option('--within <km>', `kilometres around --near (default ${WITHIN_KM_DEFAULT})`, whole(1, 2_000))
      .option('--from <time>', 'free from (default: now)')
      .option('--to <time>', 'free to')
      .option('--minimum <n>', 'at least so many free', whole(1, 10_000))
      .option('--accreditation <scheme>', 'holds this scheme, in date over the window')
      .option('--limit <n>', 'at most so many rows', whole(1, 100_000))
      .action((flags: ListFlags, command: Command) => run(io, command, (session) => list(session, flags))),
    'muster capability list --as kent --code CY',
    'muster capability list --as kent --code CY.FCCU --near kent --within 150 --from +2h --to +2d --minimum 2',
    'muster capability list --as npocc --region eastern --json',
  );
  withExamples(
    capability
      .command('show')
      .description('one capability with its calendar')
      .argument('<force>')
      .argument('<capability>')
      .action((force: string, id: string, _flags: object, command: Command) =>
        run(io, command, (session) => show(session, force, id)),
      ),
    'muster capability show essex cy-fccu-1 --as kent',
  );
};

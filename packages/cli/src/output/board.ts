import { styleText } from 'node:util';
import type { Board, BoardAction, BoardLine, BoardRequest } from '@muster/contracts';
import { showTime, withLocalTimes } from '../input/times.ts';
import { counted } from './counted.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { type Cell, shown, table } from './table.ts';

/** Characters of a fill bar. */
const BAR_WIDTH = 20;
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;

const span = (minutes: number): string => {
  if (minutes < 2 * HOUR_MINUTES) return `${minutes} min`;
  if (minutes < 2 * DAY_MINUTES) return `${Math.floor(minutes / HOUR_MINUTES)} h`;
  return `${Math.floor(minutes / DAY_MINUTES)} d`;
};

/** How long until then, or since: `in 14 min`, `3 h ago`. */
export const awayFrom = (asOf: string, at: string): string => {
  const ms = Date.parse(at) - Date.parse(asOf);
  if (Math.abs(ms) < MINUTE_MS) return ms < 0 ? 'just now' : 'within a minute';
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  return ms < 0 ? `${span(minutes)} ago` : `in ${span(minutes)}`;
};

/** Where the parts of a whole end on a bar; rounded down, so that it is full only when the line is. */
const ends = (parts: readonly number[], whole: number): number[] => {
  let sum = 0;
  return parts.map((part) => {
    sum += part;
    return Math.min(BAR_WIDTH, Math.floor((Math.min(sum, whole) / whole) * BAR_WIDTH));
  });
};

/** A line as a bar: committed, reserved, on offer, missing. */
export const fillBar = ({ committed, reserved, offered, wanted }: BoardLine): string => {
  const [first = 0, second = 0, third = 0] = ends([committed, reserved, offered], wanted);
  return `${'█'.repeat(first)}${'▓'.repeat(second - first)}${'▒'.repeat(third - second)}${'░'.repeat(BAR_WIDTH - third)}`;
};

type Short = (id: string) => string;

/** With which command the asking organisation does what waits for it. */
const HOW: Readonly<Record<BoardAction['kind'], (id: string, action: BoardAction) => string>> = {
  submit: (id) => `request submit ${id}`,
  approve: (id) => `request approve ${id}`,
  'approve-in-writing': (id) => `request approve ${id}`,
  answer: (id) => `offer make ${id}`,
  'choose-offers': (id) => `offer accept ${id}`,
  'approve-offer': (id, { offerId }) => `offer approve ${id} ${offerId}`,
  'meet-condition': (id, { offerId }) => `offer condition-met ${id} ${offerId}`,
  confirm: (_id, { offerId }) => `home confirm ${offerId}`,
  'answer-lapse': () => 'home show',
  'ask-further': (id) => `request ask ${id}`,
  'accept-escalation': (id) => `request accept-escalation ${id}`,
  'acknowledge-unfilled': (id) => `request acknowledge-unfilled ${id}`,
  'report-status': (id) => `deployment status ${id}`,
  'confirm-control': (id) => `deployment control ${id}`,
  'answer-recall': (id) => `deployment answer-recall ${id}`,
  'settle-recall': (id) => `deployment settle-recall ${id}`,
  'settle-shortfall': (id) => `deployment release ${id}`,
  release: (id) => `deployment release ${id}`,
  'report-return': (id) => `deployment return ${id}`,
  debrief: (id) => `deployment debrief ${id}`,
  'answer-extension': (id) => `extension answer ${id}`,
  'answer-welfare': (id) => `deployment welfare ${id}`,
  'review-secondment': (id) => `secondment review ${id}`,
  'estimate-costs': (id) => `claim estimate ${id}`,
  'record-costs': (id) => `claim record ${id}`,
  'submit-claim': (id) => `claim submit ${id}`,
  'judge-claim': (id) => `claim check ${id}`,
  'answer-claim': (id) => `claim answer ${id}`,
  'pay-claim': (id) => `claim pay ${id}`,
  'agree-waiver': (id) => `claim waive ${id}`,
};

const dueText = (asOf: string, by: string | undefined, isLate: boolean): string => {
  const when = by === undefined ? '' : `${showTime(by)}, ${awayFrom(asOf, by)}`;
  return isLate ? `LATE ${when}`.trimEnd() : when;
};

const actionsTable = (board: Board, mine: boolean, short: Short, color: boolean): string => {
  const rows = board.actions.filter(({ isMine }) => isMine === mine);
  return table(
    ['what', 'of', mine ? 'do it with: muster' : 'waits for', 'due', 'about'],
    rows.map((action): Cell[] => [
      action.kind,
      `${action.item.kind} ${short(action.item.id)} of ${action.item.owner}`,
      mine ? HOW[action.kind](short(action.item.id), action) : action.waitsFor.join(' '),
      dueText(board.asOf, action.by, action.isLate),
      withLocalTimes(action.about),
    ]),
    { empty: mine ? 'Nothing waits for you.' : 'Nothing waits for anybody else.', color },
  );
};

const saidBy = ({ asked, offering, declined, silent, waiting, unsolicited }: BoardLine): string =>
  [
    `${asked} asked: ${offering} offered, ${declined} declined, ${silent} silent, ${waiting} to answer`,
    ...(unsolicited === undefined ? [] : [`${unsolicited} unsolicited`]),
  ].join('; ');

const marksOf = (line: BoardLine): string =>
  [
    ...(line.isLate ? ['LATE'] : []),
    ...(line.lateArrivals
      ? [`${line.lateArrivals.quantity} arrive late, the last ${showTime(line.lateArrivals.last)}`]
      : []),
    ...(line.leftOut === undefined ? [] : [`${line.leftOut} taken and left out`]),
    ...(line.exhausted ? [line.exhausted.isAcknowledged ? 'nobody left, seen' : 'nobody left to ask'] : []),
  ].join('; ');

const requestText = (row: BoardRequest, asOf: string, short: Short, color: boolean): string => {
  const ends = row.deadlines.map(({ name, at }) => `${name} ${awayFrom(asOf, at)}`);
  const head = [
    `${row.host} ${short(row.requestId)}`,
    row.urgency,
    row.threatCategory,
    `tier ${row.tier}`,
    row.status,
    ...(ends.length > 0 ? [ends.join(', ')] : [`answers ${awayFrom(asOf, row.answerBy)}`]),
  ].join('  ');
  const lines = table(
    ['line', 'code', 'fill', 'wanted', 'committed', 'reserved', 'offered', 'missing', 'forces', ''],
    row.lines.map((line): Cell[] => [
      line.lineId,
      line.code,
      fillBar(line),
      ...[line.wanted, line.committed, line.reserved, line.offered, line.missing],
      saidBy(line),
      marksOf(line),
    ]),
    { empty: '', color: false },
  );
  const title = color ? styleText('bold', shown(head), { validateStream: false }) : shown(head);
  return `${title}\n${lines.replaceAll(/^/gm, '  ')}`;
};

const lateTable = ({ late, asOf }: Board, short: Short, color: boolean): string =>
  table(
    ['late units', 'of', 'for', 'quantity', 'status', 'how', 'due'],
    late.map((row): Cell[] => [
      short(row.deploymentId),
      `${row.donor} ${row.capabilityId}`,
      row.host,
      row.quantity,
      row.status,
      row.kind,
      `${showTime(row.due)}, ${awayFrom(asOf, row.due)}`,
    ]),
    { empty: '', color },
  );

const headOf = ({ org, asOf, totals }: Board): string =>
  `${org}, ${showTime(asOf)}: ${counted(totals.requests, 'request')} open, ${counted(totals.linesShort, 'line')} short of ${counted(totals.unitsMissing, 'unit')}, ${counted(totals.linesLate, 'line')} and ${counted(totals.deploymentsLate, 'deployment')} late. ${totals.mine} to do here (${totals.mineLate} late), ${totals.others} by others.`;

const leftOutText = ({ actions, requests, late }: Board['leftOut']): string =>
  actions + requests + late === 0
    ? ''
    : `Left out: ${actions} to do, ${requests} requests, ${late} late units; --limit shows more.`;

/** A board as a coordinator reads it. */
export const boardOutput = (board: Board, color: boolean): Output => {
  const short = shortener([
    ...board.requests.map(({ requestId }) => requestId),
    ...board.actions.map(({ item }) => item.id),
    ...board.late.map(({ deploymentId }) => deploymentId),
  ]);
  const parts = [
    headOf(board),
    actionsTable(board, true, short, color),
    ...board.requests.map((row) => requestText(row, board.asOf, short, color)),
    lateTable(board, short, color),
    actionsTable(board, false, short, color),
    leftOutText(board.leftOut),
  ];
  return { json: board, text: parts.filter((part) => part !== '').join('\n\n') };
};

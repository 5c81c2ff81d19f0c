import { showMoney } from '@muster/claim-pack';
import type { ClaimView } from '@muster/contracts';
import { showTime } from '../input/times.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { type Cell, details, table } from './table.ts';

const dueOf = ({ dueBy, isOverdue }: ClaimView): string =>
  dueBy === undefined ? '' : `${showTime(dueBy)}${isOverdue ? ', overdue' : ''}`;

/** What stands beside the status: a question, a check, or one side's wish to waive. */
const openOf = ({ query, checkedBy, waiver }: ClaimView): string =>
  [
    ...(query ? [`asked: ${query.reason}`] : []),
    ...(checkedBy ? [`checked by ${checkedBy}`] : []),
    ...(waiver ? [`${waiver.by} would waive it (${waiver.basis})`] : []),
  ].join('; ');

/** Claims under each other, latest first. */
export const claimListOutput = (items: readonly ClaimView[], color: boolean): Output => {
  const short = shortener(items.map(({ claimId }) => claimId));
  const rows = items.map((view): Cell[] => [
    short(view.claimId),
    ...[view.donor, view.host, view.status, view.round],
    ...[showMoney(view.totalPence), dueOf(view), openOf(view)],
  ]);
  const text = table(['claim', 'donor', 'host', 'status', 'round', 'total', 'due', 'open'], rows, {
    empty: 'No claim that you may see.',
    color,
  });
  return { json: { items }, text };
};

/** One claim with its lines. */
export const claimOutput = (view: ClaimView, color: boolean): Output => {
  const lines = view.lines.map((line): Cell[] => [
    ...[line.lineId, line.category, line.hours, line.rateRef, showMoney(line.amountPence), line.evidenceRef],
  ]);
  const text = [
    details([
      ['claim id', view.claimId],
      ['request id', view.requestId],
      ['donor', view.donor],
      ['host', view.host],
      ['cost category', view.costCategory],
      ['status', `${view.status} since ${showTime(view.since)}`],
      ['round', view.round],
      ['estimate', showMoney(view.estimatePence)],
      ['total', showMoney(view.totalPence)],
      ['due', dueOf(view)],
      ['open', openOf(view)],
    ]),
    table(['line', 'category', 'hours', 'rate', 'amount', 'evidence'], lines, { empty: 'No lines.', color }),
  ].join('\n\n');
  return { json: view, text };
};

import { showMoney } from './money.ts';
import type { ClaimPack } from './pack.ts';
import { basisOf, penceOf, stepOf, wordsOf } from './words.ts';

type Cell = string | number | undefined;

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that others wrote, safe between tags. */
const safe = (cell: Cell): string => String(cell ?? '').replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);

const table = (caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [
    `<table><caption>${safe(caption)}</caption>`,
    `<thead><tr>${head.map((name) => `<th scope="col">${safe(name)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.map((cell) => `<td>${safe(cell)}</td>`).join('')}</tr>`),
    '</tbody></table>',
  ].join('\n');

const details = (rows: readonly (readonly [string, Cell])[]): string =>
  [
    '<dl>',
    ...rows
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`),
    '</dl>',
  ].join('\n');

const STYLE = `
body { font: 11pt/1.4 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem }
dt { font-weight: 600 }
dd { margin: 0 }
table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; font-size: .9em }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem }
th, td { border: 1px solid #888; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
footer { border-top: 1px solid #888; font-size: .85em; padding-top: .5rem }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } thead { display: table-header-group } }`;

const utc = (instant: string | undefined): string | undefined =>
  instant === undefined ? undefined : `${instant.slice(0, 16).replace('T', ' ')} UTC`;

const headOf = ({ claim, lent, paid }: ClaimPack): string =>
  details([
    ['Donor (is owed)', claim.donor],
    ['Host (owes)', claim.host],
    ['Status', `${claim.status} since ${utc(claim.since)}`],
    ['Total', showMoney(claim.totalPence)],
    ['Estimate', showMoney(claim.estimatePence)],
    ['Cost category', claim.costCategory],
    ['Claimed', claim.round === 0 ? 'not yet' : `${claim.round} time${claim.round === 1 ? '' : 's'}`],
    ['Paid', paid && `${showMoney(paid.amountPence)}, ${utc(paid.paidAt)}, ${paid.paymentRef}`],
    ['Next step due', utc(claim.dueBy)],
    ['Claim and deployment', claim.claimId],
    ['Request', claim.requestId],
    ['Lent', lent && `${lent.quantity} of ${lent.capabilityId} (line ${lent.lineId})`],
    ['Agreed window', lent && `${utc(lent.from)} to ${utc(lent.to)}`],
    ['Home', utc(lent?.homeAt)],
    ['Hours worked', lent?.hoursWorked],
  ]);

/** The pack as one page that needs nothing else, to be read, printed or kept. */
export const htmlOf = (pack: ClaimPack, mode: 'actual' | 'exercise'): string => {
  const { claim, steps } = pack;
  const lines = claim.lines.map((line) => [
    ...[line.lineId, line.category, line.hours, line.rateRef, line.evidenceRef, showMoney(line.amountPence)],
  ]);
  const told = steps.map(({ seq, time, actor, event, id }) => {
    const pence = penceOf(event);
    return [
      ...[seq, utc(time), stepOf(event), actor, pence === undefined ? '' : showMoney(pence)],
      ...[wordsOf(event), basisOf(event), id],
    ];
  });
  const title = `${mode === 'exercise' ? 'EXERCISE ' : ''}Claim of ${claim.donor} on ${claim.host}`;
  return [
    '<!doctype html>',
    '<html lang="en-GB"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${safe(title)} ${safe(claim.claimId)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${safe(title)}</h1>`,
    headOf(pack),
    table(
      'Lines',
      ['Line', 'Category', 'Hours', 'Rate', 'Evidence', 'Amount'],
      [...lines, ['Total', '', '', '', '', showMoney(claim.totalPence)]],
    ),
    table('Steps', ['Seq', 'Time', 'Step', 'Actor', 'Amount', 'Words', 'Rests on', 'Event'], told),
    `<footer>Made from ${steps.length} stored events of the claim, up to sequence ${steps.at(-1)?.seq ?? 0} of the ledger, and from nothing else.</footer>`,
    '</body></html>\n',
  ].join('\n');
};

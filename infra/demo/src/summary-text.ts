import { FORCES } from '@muster/contracts';
import Table from 'cli-table3';
import {
  isFilled,
  type LineSummary,
  type PlaySummary,
  type RequestSummary,
  type Summary,
} from './summary.ts';

const declinedText = (line: LineSummary): string => {
  const reasons = Object.entries(line.declined).map(([reason, count]) => `${count} ${reason}`);
  return reasons.length === 0 ? '-' : reasons.join(', ');
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const COLUMNS = [
  'Host force',
  'Line',
  'Code',
  'Wanted',
  'Asked',
  'Offered',
  'Declined',
  'Silent',
  'Committed',
  'Unfilled',
];

const tableText = (lines: readonly LineSummary[]): string => {
  const table = new Table({ head: COLUMNS, style: { head: [], border: [] } });
  for (const line of lines) {
    table.push([
      line.host,
      `${line.request}/${line.line}`,
      line.code,
      line.wanted,
      line.asked,
      line.offeredBy === 0 ? '-' : `${line.offered} by ${line.offeredBy}`,
      declinedText(line),
      line.silent,
      line.committed,
      line.unfilled,
    ]);
  }
  return table.toString();
};

const tiersText = ({ tiers }: RequestSummary): string =>
  tiers
    .map(({ tier, afterSeconds }, n) =>
      n === 0 ? `began at tier ${tier}` : `at tier ${tier} after ${afterSeconds} s`,
    )
    .join(', ') || 'reached no tier';

const timersText = ({ timers }: RequestSummary): string =>
  Object.entries(timers)
    .map(([name, count]) => (count === 1 ? name : `${name} ${count} times`))
    .join(', ') || 'none';

const requestsText = (requests: readonly RequestSummary[]): string =>
  requests
    .map(
      (each) =>
        `${each.host} ${each.request} is ${each.status}: ${tiersText(each)}; timers that fired: ${timersText(each)}.`,
    )
    .join('\n');

const expectationsText = ({ expectations, castOf }: PlaySummary): string => {
  if (castOf !== undefined)
    return `Only ${castOf} of ${FORCES.length} forces took part, so what the scenario expects of the whole country was not judged.`;
  if (expectations.length === 0) return '';
  const failed = expectations.filter(({ met }) => !met);
  const rows = failed.map(({ what, instead }) => `  failed: ${what}: ${instead.join('; ')}`);
  return [`Expectations: ${expectations.length - failed.length} met, ${failed.length} failed.`, ...rows].join(
    '\n',
  );
};

const playText = (play: PlaySummary): string => {
  const { scenario, lines, requests } = play;
  const filled = lines.filter(isFilled).length;
  const notAsked = lines
    .filter((line) => line.notAsked !== undefined)
    .map((line) => `${line.host} ${line.request}/${line.line} was not asked for: ${line.notAsked}.`);
  const head = `${scenario}: ${counted(requests.length, 'request')} with ${counted(lines.length, 'line')}; ${filled} filled, ${lines.length - filled} short.`;
  return [head, tableText(lines), ...notAsked, requestsText(requests), expectationsText(play)]
    .filter((part) => part !== '')
    .join('\n');
};

const verdictOf = ({ faults }: Summary): string =>
  faults.length > 0
    ? `Does not hold:\n${faults.map((fault) => `  ${fault}`).join('\n')}`
    : 'Everything holds: each force asked has answered or is named as silent, and nothing is promised twice.';

const UNITS =
  'Wanted, Offered, Committed and Unfilled count units; Asked, Declined and Silent count forces ("8 by 3" is 8 units by 3 forces).';

const UNTOUCHED = 'The actual mode is as it was: no dealings, and none of its capacity taken.';

/** The summary as a person reads it; every line of an exercise is marked as one. */
export const summaryText = (summary: Summary): string => {
  const { mode, plays, eventsWritten, doubleBookings, faults } = summary;
  const isExercise = mode === 'exercise';
  const text = [
    ...plays.map(playText),
    UNITS,
    `Events written: ${eventsWritten}. Double bookings found by the independent checker: ${doubleBookings}.`,
    ...(isExercise && !faults.some((fault) => fault.startsWith('actual mode')) ? [UNTOUCHED] : []),
    verdictOf(summary),
  ].join('\n');
  return isExercise ? text.replaceAll(/^/gm, 'EXERCISE  ') : text;
};

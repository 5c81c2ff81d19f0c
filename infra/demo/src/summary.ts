import { FORCES, type RequestView } from '@muster/contracts';
import Table from 'cli-table3';
import type { Played, Unasked } from './scenario/play.ts';
import type { Scenario } from './scenario/schema.ts';

export type LineSummary = {
  host: string;
  request: string;
  line: string;
  code: string;
  wanted: number;
  minimum: number;
  /** Forces asked. */
  asked: number;
  /** Forces that offered, and how many they offered in all. */
  offeredBy: number;
  offered: number;
  /** Forces that declined, by reason. */
  declined: Record<string, number>;
  /** Forces that stayed silent until the answer time. */
  silent: number;
  committed: number;
  unfilled: number;
  /** Why nobody was asked; absent when somebody was. */
  notAsked?: string;
};

export type CheckerReport = { findings: { kind: string; where: string; detail: string }[] };

export type Summary = {
  scenario: string;
  /** Forces that took part; absent when all did. With fewer, what the scenario expects is not judged. */
  castOf?: number;
  lines: LineSummary[];
  requests: { host: string; request: string; status: string }[];
  eventsWritten: number;
  doubleBookings: number;
  findings: CheckerReport['findings'];
  /** What does not hold; empty when all does. */
  faults: string[];
};

const countBy = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const summariseLine = (key: string, view: RequestView, of: RequestView['lines'][number]): LineSummary => {
  const answers = view.answers.filter((answer) => answer.lineId === of.line.lineId);
  const offers = view.offers.filter((offer) => offer.lineId === of.line.lineId);
  const committed = offers
    .filter((offer) => offer.status === 'committed')
    .reduce((sum, offer) => sum + (offer.acceptedQuantity ?? 0), 0);
  return {
    host: view.host,
    request: key,
    line: of.line.lineId,
    code: of.line.capabilityCode,
    wanted: of.line.quantity,
    minimum: of.line.minimumQuantity,
    asked: answers.length,
    offeredBy: answers.filter((answer) => answer.answer === 'offered').length,
    offered: offers.reduce((sum, offer) => sum + offer.quantity, 0),
    declined: countBy(
      answers.filter((answer) => answer.answer === 'declined').map((answer) => answer.reasonCode ?? 'other'),
    ),
    silent: answers.filter((answer) => answer.answer === 'expired').length,
    committed,
    unfilled: Math.max(0, of.line.quantity - committed),
  };
};

const summariseUnasked = (key: string, host: string, { line, because }: Unasked): LineSummary => ({
  host,
  request: key,
  line: line.id,
  code: line.code,
  wanted: line.quantity,
  minimum: line.minimum,
  asked: 0,
  offeredBy: 0,
  offered: 0,
  declined: {},
  silent: 0,
  committed: 0,
  unfilled: line.quantity,
  notAsked: because,
});

const isFilled = (line: LineSummary): boolean => line.unfilled === 0;

const faultsOfLine = (line: LineSummary): string[] => {
  const where = `${line.host} ${line.request}/${line.line}`;
  const declined = Object.values(line.declined).reduce((sum, count) => sum + count, 0);
  const open = line.asked - line.offeredBy - declined - line.silent;
  const faults: string[] = [];
  if (open !== 0)
    faults.push(`${where}: ${open} of the forces asked neither answered nor are named as silent`);
  if (line.committed > line.wanted)
    faults.push(`${where}: committed ${line.committed}, but only ${line.wanted} were wanted`);
  return faults;
};

/** What the scenario expects of the whole country; nothing where fewer forces take part. */
const faultsOfCast = (expected: Scenario['expect'], lines: readonly LineSummary[]): string[] => {
  if (!expected) return [];
  const filled = lines.filter(isFilled).length;
  const short = lines.length - filled;
  const { linesFilledAtLeast, linesShortAtLeast } = expected;
  const faults = lines
    .filter((line) => line.asked === 0)
    .map((line) => `${line.host} ${line.request}/${line.line}: nobody was asked`);
  if (filled < linesFilledAtLeast)
    faults.push(`${filled} lines filled, expected at least ${linesFilledAtLeast}`);
  if (short < linesShortAtLeast) faults.push(`${short} lines short, expected at least ${linesShortAtLeast}`);
  return faults;
};

const faultsOf = (scenario: Scenario, lines: readonly LineSummary[], played: readonly Played[]): string[] => [
  ...lines.flatMap(faultsOfLine),
  ...played.flatMap(({ key, host, end }) => {
    const any = lines.some((line) => line.host === host && line.request === key && line.committed > 0);
    return any && end?.status !== 'closed' ? [`${host} ${key}: is ${end?.status}, not closed`] : [];
  }),
  ...faultsOfCast(scenario.expect, lines),
];

/**
 * What the play came to, and what of it does not hold.
 * @param cast forces that took part, or undefined for all.
 */
export const summarise = (
  scenario: Scenario,
  cast: number | undefined,
  played: readonly Played[],
  eventsWritten: number,
  checker: CheckerReport,
): Summary => {
  const lines = played.flatMap(({ key, host, end, unasked }) => [
    ...(end?.lines.map((of) => summariseLine(key, end, of)) ?? []),
    ...unasked.map((each) => summariseUnasked(key, host, each)),
  ]);
  return {
    scenario: scenario.name,
    ...(scenario.expect ? {} : { castOf: cast }),
    lines,
    requests: played.map(({ key, host, end }) => ({
      host,
      request: key,
      status: end?.status ?? 'not-asked',
    })),
    eventsWritten,
    doubleBookings: checker.findings.filter((finding) => finding.kind.startsWith('over-committed')).length,
    findings: checker.findings,
    faults: [
      ...faultsOf(scenario, lines, played),
      ...checker.findings.map((finding) => `checker: ${finding.kind} at ${finding.where}: ${finding.detail}`),
    ],
  };
};

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

const verdictOf = ({ faults, castOf }: Summary): string => {
  if (faults.length > 0) return `Does not hold:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
  const all =
    'Everything holds: each force asked has answered or is named as silent, and nothing is promised twice.';
  if (castOf === undefined) return all;
  return `${all}\nOnly ${castOf} of ${FORCES.length} forces took part, so what the scenario expects of the whole country was not judged.`;
};

/** The summary as a person reads it. */
export const summaryText = (summary: Summary): string => {
  const { lines, requests } = summary;
  const filled = lines.filter(isFilled).length;
  const notAsked = lines
    .filter((line) => line.notAsked !== undefined)
    .map((line) => `${line.host} ${line.request}/${line.line} was not asked for: ${line.notAsked}.\n`);
  return `${summary.scenario}: ${counted(requests.length, 'request')} with ${counted(lines.length, 'line')}; ${filled} filled, ${lines.length - filled} short.
${tableText(lines)}
Wanted, Offered, Committed and Unfilled count units; Asked, Declined and Silent count forces ("8 by 3" is 8 units by 3 forces).
${notAsked.join('')}Events written: ${summary.eventsWritten}. Double bookings found by the independent checker: ${summary.doubleBookings}.
${verdictOf(summary)}`;
};

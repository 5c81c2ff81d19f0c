import type { RequestView } from '@muster/contracts';
import Table from 'cli-table3';
import type { Played } from './scenario/play.ts';
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
};

export type CheckerReport = { findings: { kind: string; where: string; detail: string }[] };

export type Summary = {
  scenario: string;
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

const faultsOf = (scenario: Scenario, lines: readonly LineSummary[], played: readonly Played[]): string[] => {
  const faults: string[] = [];
  for (const line of lines) {
    const where = `${line.host} ${line.request}/${line.line}`;
    const declined = Object.values(line.declined).reduce((sum, count) => sum + count, 0);
    const ended = line.offeredBy + declined + line.silent;
    if (line.asked === 0) faults.push(`${where}: nobody was asked`);
    if (ended !== line.asked) faults.push(`${where}: ${line.asked - ended} asked forces have no end`);
    if (line.committed > line.wanted)
      faults.push(`${where}: committed ${line.committed} of ${line.wanted} wanted`);
  }
  for (const { ref, end } of played) {
    const any = lines.some((line) => line.host === ref.host && line.committed > 0);
    if (any && end.status !== 'closed')
      faults.push(`${ref.host} ${ref.requestId}: is ${end.status}, not closed`);
  }
  const filled = lines.filter((line) => line.unfilled === 0).length;
  const short = lines.length - filled;
  const { linesFilledAtLeast, linesShortAtLeast } = scenario.expect;
  if (filled < linesFilledAtLeast)
    faults.push(`${filled} lines filled, expected at least ${linesFilledAtLeast}`);
  if (short < linesShortAtLeast) faults.push(`${short} lines short, expected at least ${linesShortAtLeast}`);
  return faults;
};

/** What the play came to, and what of it does not hold. */
export const summarise = (
  scenario: Scenario,
  played: readonly Played[],
  eventsWritten: number,
  checker: CheckerReport,
): Summary => {
  const lines = played.flatMap(({ key, end }) => end.lines.map((of) => summariseLine(key, end, of)));
  return {
    scenario: scenario.name,
    lines,
    requests: played.map(({ key, ref, end }) => ({ host: ref.host, request: key, status: end.status })),
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

/** The summary as a person reads it. */
export const summaryText = (summary: Summary): string => {
  const table = new Table({
    head: [
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
    ],
    style: { head: [], border: [] },
  });
  for (const line of summary.lines) {
    table.push([
      line.host,
      `${line.request}/${line.line}`,
      line.code,
      line.wanted,
      line.asked,
      `${line.offered} by ${line.offeredBy}`,
      declinedText(line),
      line.silent,
      line.committed,
      line.unfilled,
    ]);
  }
  const verdict =
    summary.faults.length === 0
      ? 'Everything holds.'
      : `Does not hold:\n${summary.faults.map((fault) => `  ${fault}`).join('\n')}`;
  return `${table.toString()}
Events written: ${summary.eventsWritten}. Double bookings found by the independent checker: ${summary.doubleBookings}.
${verdict}`;
};

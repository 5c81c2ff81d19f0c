import type { PlannedAssignment, PlannedLine, PlanObjective, PlanView } from '@muster/contracts';
import { showTime, withLocalTimes } from '../input/times.ts';
import { counted } from './counted.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { roadNotes, roadText } from './road.ts';
import { type Cell, table } from './table.ts';

type Short = (id: string) => string;

const POUNDS = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  maximumFractionDigits: 0,
});

const pounds = (pence: number): string => POUNDS.format(pence / 100);

const howOf = ({ offerId }: PlannedAssignment, short: Short): string =>
  offerId === undefined ? 'called' : `offer ${short(offerId)}`;

/** The assignments with the numbers by which an approval names them. */
const assignmentsTable = (plan: PlanView, short: Short, color: boolean): string =>
  table(
    ['row', 'for', 'line', 'code', 'donor', 'capability', 'units', 'arrives', 'road', 'late', 'cost', 'how'],
    plan.assignments.map((each, at): Cell[] => [
      at + 1,
      `${each.host} ${short(each.requestId)}`,
      each.lineId,
      each.capabilityCode,
      each.donor,
      each.capabilityId,
      each.quantity,
      showTime(each.arrival),
      roadText(each),
      each.lateMinutes === 0 ? 'in time' : `${each.lateMinutes} min`,
      `${pounds(each.costPence)}${each.costBasis === 'assumed' ? ' assumed' : ''}`,
      howOf(each, short),
    ]),
    { empty: 'The plan assigns nothing.', color },
  );

const whyText = ({ unfilled, why }: PlannedLine): string => {
  if (unfilled === 0) return '';
  if (why.length === 0) return 'nobody advertises it';
  return why.map(({ code, capabilities }) => `${code} ${capabilities}`).join(', ');
};

const linesTable = (plan: PlanView, short: Short, color: boolean): string =>
  table(
    ['for', 'line', 'code', 'urgency', 'begins', 'needed', 'assigned', 'short', 'why, by capabilities'],
    plan.lines.map((line): Cell[] => [
      `${line.host} ${short(line.requestId)}`,
      line.lineId,
      line.capabilityCode,
      line.urgency,
      showTime(line.from),
      line.needed,
      line.assigned,
      line.unfilled,
      whyText(line),
    ]),
    { empty: 'No line is short.', color },
  );

const valueText = ({ term, value, outOf, at }: PlanObjective): string => {
  switch (term) {
    case 'fill':
      return `${value} of ${outOf ?? value} units`;
    case 'lateness':
      return `${value} unit minutes late`;
    case 'strain':
      return `${Math.round(value * 100)} % of what one donor has${at ? `: ${at.donor} ${at.capabilityCode}` : ''}`;
    case 'cost':
      return pounds(value);
  }
};

const objectivesTable = (plan: PlanView, color: boolean): string =>
  table(
    ['objective, in this order', 'reached', 'how sure'],
    plan.objectives.map((each): Cell[] => [
      each.urgency === undefined ? each.term : `${each.term} ${each.urgency}`,
      valueText(each),
      each.inWords,
    ]),
    { empty: '', color },
  );

/** For each line that stays short, what else there is of its code and why it is left out. */
const leftOutText = ({ lines }: PlanView, short: Short): string =>
  lines
    .filter(({ leftOut }) => leftOut.length > 0)
    .map((line) => {
      const rows = line.leftOut.map(
        ({ donor, capabilityId, reasons }) =>
          `  ${donor}/${capabilityId}: ${reasons.map(({ because }) => withLocalTimes(because)).join('; ')}`,
      );
      const hidden = line.leftOutTotal - line.leftOut.length;
      if (hidden > 0) rows.push(`  and ${hidden} more; --left-out shows them`);
      return [
        `${line.unfilled} short: ${line.host} ${short(line.requestId)} line ${line.lineId}`,
        ...rows,
      ].join('\n');
    })
    .join('\n\n');

const sumOf = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

const headOf = ({ planId, asOf, basedOnSeq, lines, assignments, by, without }: PlanView): string => {
  const needed = sumOf(lines, (line) => line.needed);
  const assigned = sumOf(lines, (line) => line.assigned);
  const donors = counted(new Set(assignments.map(({ donor }) => donor)).size, 'force');
  const limits = [
    ...(by === undefined ? [] : [`there by ${showTime(by)}`]),
    ...(without.length === 0 ? [] : [`without ${without.join(', ')}`]),
  ];
  const under = limits.length === 0 ? '' : ` (${limits.join('; ')})`;
  return `Plan ${planId}, ${showTime(asOf)}, on the ledger at ${basedOnSeq}${under}: ${assigned} of ${counted(needed, 'unit')} for ${counted(lines.length, 'line')}, from ${donors}. Nothing is reserved yet.`;
};

/** A plan as a duty officer reads it. `savedAs`: the file that an approval takes. */
export const planOutput = (
  plan: PlanView,
  { org, savedAs, color }: { org: string; savedAs?: string | undefined; color: boolean },
): Output => {
  const short = shortener([
    ...plan.lines.map(({ requestId }) => requestId),
    ...plan.assignments.flatMap(({ offerId }) => offerId ?? []),
  ]);
  const next =
    plan.assignments.length === 0
      ? ''
      : savedAs === undefined
        ? 'To approve a plan, ask for it with --save <file>; muster plan approve <file> then approves what was shown, or some rows of it.'
        : `Next:\n  muster plan approve ${savedAs} --as ${org}\n  muster plan approve ${savedAs} --as ${org} --skip 1`;
  const parts = [
    headOf(plan),
    assignmentsTable(plan, short, color),
    roadNotes(plan.assignments),
    linesTable(plan, short, color),
    leftOutText(plan, short),
    objectivesTable(plan, color),
    `${plan.inWords} Stated in ${Math.round(plan.statedInMs)} ms, solved in ${Math.round(plan.solvedInMs)} ms.`,
    next,
  ];
  return { json: plan, text: parts.filter((part) => part !== '').join('\n\n') };
};

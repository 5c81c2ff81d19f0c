import { type PlanAssignment, type RequestLine, type Urgency, urgency } from '@muster/contracts';
import type { LedgerView } from '../../ledger/view.ts';
import { lineCounts } from '../../request/lines.ts';
import type { RequestState } from '../../request/state.ts';
import { minutesBetween } from '../../time/instants.ts';
import { knownAt } from './known.ts';
import type { OptimumColumn, OptimumLine, OptimumModel } from './model.ts';
import { type Placed, rowsOf } from './rows.ts';
import { askedOf, type LeftOutReason, type Source, type SourceOptions, sourceOf } from './sources.ts';

/** A capability that the plan leaves out for a line, with all the reasons. */
export type LeftOut = { donor: string; capabilityId: string; reasons: LeftOutReason[] };

/** A line that is short, what it still needs, and what was left out for it. */
export type ProblemLine = {
  host: string;
  requestId: string;
  line: RequestLine;
  urgency: Urgency;
  /** Units. */
  need: number;
  leftOut: LeftOut[];
};

/** Which assignment a column of the model stands for. */
export type ProblemColumn = { line: ProblemLine; source: Source };

/** A problem of assignment with the names that its model goes without; lines and columns are in the model's order. */
export type Problem = {
  model: OptimumModel;
  lines: readonly ProblemLine[];
  columns: readonly ProblemColumn[];
};

const rankOf = (each: Urgency): number => urgency.options.indexOf(each);

/** Each line with what it needs; none that is full, has ended, or whose request is not live. */
const openLines = (
  requests: Iterable<RequestState>,
  now: string,
): { request: RequestState; open: ProblemLine; optimum: OptimumLine }[] =>
  [...requests].flatMap((request) => {
    if (request.phase.kind !== 'live') return [];
    return request.lines.flatMap((line) => {
      const { reserved, committed, unfilled: need } = lineCounts(request, line);
      if (need === 0 || now >= line.to) return [];
      const { host, requestId, terms } = request;
      const minimum = Math.max(0, line.minimumQuantity - reserved - committed);
      return [
        {
          request,
          open: { host, requestId, line, urgency: terms.urgency, need, leftOut: [] },
          optimum: { rank: rankOf(terms.urgency), need, minimum },
        },
      ];
    });
  });

const columnOf = (line: number, from: string, { most, arrival, cost }: Source): OptimumColumn => ({
  line,
  most,
  lateMinutes: arrival <= from ? 0 : Math.ceil(minutesBetween(from, arrival)),
  costPence: cost.pence,
});

/**
 * The assignment of what is free to what the requests lack, as it stands at one moment: one column for each line and
 * capability, an open offer where there is one and a call otherwise.
 */
export const problemOf = (
  view: LedgerView,
  requests: Iterable<RequestState>,
  options: SourceOptions,
): Problem => {
  const { now } = options;
  const open = openLines(requests, now);
  const known = knownAt(view, now);
  const columns: ProblemColumn[] = [];
  const optimumColumns: OptimumColumn[] = [];
  const placed: Placed[] = [];
  for (const [index, { request, open: line }] of open.entries()) {
    const asked = askedOf(request, line.line, line.need, now);
    for (const advert of view.adverts(line.line.capabilityCode)) {
      const source = sourceOf(known, advert, asked, options);
      if (Array.isArray(source)) {
        const { force: donor, capabilityId } = advert.data;
        line.leftOut.push({ donor, capabilityId, reasons: source });
        continue;
      }
      placed.push({ column: columns.length, source });
      columns.push({ line, source });
      optimumColumns.push(columnOf(index, line.line.from, source));
    }
  }
  const lines = open.map(({ optimum }) => optimum);
  return {
    model: { lines, columns: optimumColumns, ...rowsOf(view, known, placed) },
    lines: open.map(({ open: line }) => line),
    columns,
  };
};

/** What a solution assigns, ready for a coordinator to approve. */
export const assignmentsOf = ({ columns }: Problem, values: readonly number[]): PlanAssignment[] =>
  columns.flatMap(({ line: { host, requestId, line }, source: { advert, offerId } }, index) => {
    const quantity = values[index] ?? 0;
    if (quantity === 0) return [];
    const { force: donor, capabilityId } = advert.data;
    const { lineId } = line;
    return [
      { host, requestId, lineId, donor, capabilityId, quantity, ...(offerId !== undefined && { offerId }) },
    ];
  });

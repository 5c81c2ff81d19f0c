import type { PlanView } from '@muster/contracts';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { money } from '../../words/money.ts';
import { useOrgName } from '../../words/orgs.ts';
import { dayAndTime, length } from '../../words/time.ts';
import { LineLink } from './line-link.tsx';
import { rowId } from './row-id.ts';

const MINUTE_MS = 60_000;

type Row = PlanView['assignments'][number] & { row: number };

/** By what the arrival is known. */
const roadWords = (travel: Row['travel']): string => {
  if (!travel) return 'as offered';
  return travel.source === 'osrm-table' ? 'by the road table' : 'by the straight line';
};

type AssignmentsProps = {
  plan: PlanView;
  chosen: readonly number[];
  /** Rows that have been approved. */
  reserved: readonly number[];
  /** Rows that no longer hold, and why. */
  gone: ReadonlyMap<number, string>;
  canChoose: boolean;
  choose(rows: readonly number[]): void;
};

/** What each capability is to do for which line, and what comes of it. */
export const Assignments = ({ plan, chosen, reserved, gone, canChoose, choose }: AssignmentsProps) => {
  const nameOf = useOrgName();
  const rows = plan.assignments.map((assignment, row): Row => ({ ...assignment, row }));
  const open = rows.map(({ row }) => row).filter((row) => !reserved.includes(row) && !gone.has(row));
  const wordsOf = ({ row, quantity, donor, capabilityId }: Row): string =>
    `${row + 1}. ${quantity} of ${nameOf(donor)}, ${capabilityId}`;
  const columns: Column<Row>[] = [
    {
      header: 'Units',
      cell: (assignment) =>
        canChoose ? (
          <div className="govuk-checkboxes govuk-checkboxes--small">
            <div className="govuk-checkboxes__item">
              <input
                className="govuk-checkboxes__input"
                id={rowId(assignment.row)}
                type="checkbox"
                disabled={reserved.includes(assignment.row)}
                checked={chosen.includes(assignment.row) && !gone.has(assignment.row)}
                onChange={({ target }) =>
                  choose(
                    target.checked
                      ? [...chosen, assignment.row].sort((a, b) => a - b)
                      : chosen.filter((row) => row !== assignment.row),
                  )
                }
              />
              <label className="govuk-label govuk-checkboxes__label" htmlFor={rowId(assignment.row)}>
                {wordsOf(assignment)}
              </label>
            </div>
          </div>
        ) : (
          wordsOf(assignment)
        ),
    },
    {
      header: 'For',
      cell: ({ host, requestId, lineId }) => <LineLink host={host} requestId={requestId} lineId={lineId} />,
    },
    {
      header: 'There',
      cell: ({ arrival, lateMinutes, travel }) => (
        <>
          {dayAndTime(arrival)}
          <div className="mu-quiet">
            {lateMinutes === 0 ? 'in time' : `${length(lateMinutes * MINUTE_MS)} late`}, {roadWords(travel)}
          </div>
        </>
      ),
    },
    {
      header: 'Costs',
      numeric: true,
      cell: ({ costPence, costBasis }) => (
        <>
          {money(costPence)}
          <div className="mu-quiet">{costBasis === 'assumed' ? 'assumed' : 'as estimated'}</div>
        </>
      ),
    },
    { header: 'How', cell: ({ offerId }) => (offerId === undefined ? 'called up' : 'takes up an offer') },
    {
      header: 'State',
      cell: ({ row }) => {
        if (reserved.includes(row)) return <Tag colour="green">Reserved</Tag>;
        const because = gone.get(row);
        return because === undefined ? (
          'proposed'
        ) : (
          <>
            <Tag colour="red">No longer holds</Tag> {because}
          </>
        );
      },
    },
  ];
  return (
    <>
      <Table
        caption="What the plan does"
        columns={columns}
        rows={rows}
        keyOf={({ row }) => String(row)}
        empty="The plan assigns nothing."
      />
      {canChoose && open.length > 1 && (
        <div className="govuk-button-group">
          <button
            type="button"
            className="govuk-button govuk-button--secondary"
            onClick={() => choose(chosen.length === 0 ? open : [])}
          >
            {chosen.length === 0 ? 'Choose all' : 'Choose none'}
          </button>
        </div>
      )}
    </>
  );
};

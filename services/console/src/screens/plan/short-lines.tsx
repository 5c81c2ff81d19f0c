import type { PlanView } from '@muster/contracts';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { tokenWords, URGENCIES } from '../../words/requests.ts';
import { dayAndTime } from '../../words/time.ts';
import { LineLink } from './line-link.tsx';

type Line = PlanView['lines'][number];

const Why = ({ line: { unfilled, why, leftOut, leftOutTotal } }: { line: Line }) => {
  const nameOf = useOrgName();
  if (unfilled === 0) return '–';
  if (why.length === 0) return 'Nobody advertises it.';
  return (
    <details className="mu-score">
      <summary>
        {why.map(({ code, capabilities }) => `${tokenWords(code)}: ${capabilities}`).join(', ')}
      </summary>
      <ul>
        {leftOut.map(({ donor, capabilityId, reasons }) => (
          <li key={`${donor}/${capabilityId}`}>
            {nameOf(donor)}, {capabilityId}: {reasons.map(({ because }) => because).join('; ')}
          </li>
        ))}
        {leftOutTotal > leftOut.length && <li>and {leftOutTotal - leftOut.length} more</li>}
      </ul>
    </details>
  );
};

/** Each line that was short, what the plan gives it, and why the rest stays unfilled. */
export const ShortLines = ({ lines }: { lines: readonly Line[] }) => {
  const capabilityOf = useCapabilityName();
  const columns: Column<Line>[] = [
    {
      header: 'Line',
      cell: ({ host, requestId, lineId, capabilityCode }) => (
        <>
          <LineLink host={host} requestId={requestId} lineId={lineId} />
          <span className="mu-quiet">{capabilityOf(capabilityCode)}</span>
        </>
      ),
    },
    {
      header: 'Urgency',
      cell: ({ urgency }) => <Tag colour={URGENCIES[urgency].colour}>{URGENCIES[urgency].words}</Tag>,
    },
    { header: 'Begins', cell: ({ from }) => dayAndTime(from) },
    { header: 'Lacked', numeric: true, cell: ({ needed }) => needed },
    { header: 'Given', numeric: true, cell: ({ assigned }) => assigned },
    { header: 'Stays short', numeric: true, cell: ({ unfilled }) => unfilled },
    { header: 'Why, by capabilities', cell: (line) => <Why line={line} /> },
  ];
  return (
    <Table
      caption="What each line gets"
      columns={columns}
      rows={lines}
      keyOf={({ host, requestId, lineId }) => `${host}/${requestId}/${lineId}`}
      empty=""
    />
  );
};

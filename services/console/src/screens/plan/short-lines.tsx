import type { PlanView } from '@muster/contracts';
import { Link } from 'react-router';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { tokenWords, URGENCIES } from '../../words/requests.ts';
import { dayAndTime } from '../../words/time.ts';

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
  const place = usePlace();
  const nameOf = useOrgName();
  const capabilityOf = useCapabilityName();
  const columns: Column<Line>[] = [
    {
      header: 'Line',
      cell: ({ host, requestId, lineId, capabilityCode }) => (
        <>
          <Link className="govuk-link" to={pathTo(place, 'request', host, requestId)}>
            {nameOf(host)}, line {lineId}
          </Link>{' '}
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

import type { DeploymentView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { allDeploymentsQuery } from '../../api/reads.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { DEPLOYMENT_STATUS_WORDS } from '../../words/deployments.ts';
import { useOrgName, useReference } from '../../words/orgs.ts';
import { dayAndTime, span } from '../../words/time.ts';
import { DeploymentStatusTag } from './status-tag.tsx';
import { useUnitsColumn } from './units-column.tsx';

const ALL = 'all';

type TableProps = { rows: readonly DeploymentView[]; caption: string; empty?: string };

const DeploymentsTable = ({ rows, caption, empty = '' }: TableProps) => {
  const nameOf = useOrgName();
  const units = useUnitsColumn();
  const columns: Column<DeploymentView>[] = [
    units,
    { header: 'From', cell: ({ donor }) => nameOf(donor) },
    { header: 'At', cell: ({ host }) => nameOf(host) },
    {
      header: 'Status',
      cell: ({ status, since, extension }) => (
        <>
          <DeploymentStatusTag status={status} />
          {extension && <div className="mu-quiet">extension asked for</div>}
          <div className="mu-quiet">since {dayAndTime(since)}</div>
        </>
      ),
    },
    { header: 'When', cell: ({ from, to }) => span(from, to) },
    { header: 'Ends', cell: (row) => (row.isOver ? 'ended' : <Countdown to={row.to} />) },
  ];
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={rows}
      keyOf={({ donor, deploymentId }) => `${donor}/${deploymentId}`}
      empty={empty}
    />
  );
};

const CHOICES: readonly (readonly [string, string])[] = [
  ['', 'Under way'],
  [ALL, 'All'],
  ...Object.entries(DEPLOYMENT_STATUS_WORDS).map(([value, { words }]): [string, string] => [value, words]),
];

/** Every deployment that the organisation takes part in or looks after. */
export const Component = () => {
  useDocumentTitle('Deployments');
  const place = usePlace();
  const [search] = useSearchParams();
  const { forces } = useReference();
  const isForce = forces.some(({ id }) => id === place.org);
  const status = search.get('status') ?? '';
  const deployments = useQuery(allDeploymentsQuery(place, status === ALL ? {} : { status }));
  return (
    <>
      <h1 className="govuk-heading-l">Deployments</h1>
      <AddressChoice name="status" label="Show" options={CHOICES} />
      <Loaded query={deployments}>
        {({ items, cursor }) => {
          const shown = status === '' ? items.filter(({ isOver }) => !isOver) : items;
          const here = shown.filter(({ host }) => host === place.org);
          const others = shown.filter(({ donor, host }) => donor !== place.org && host !== place.org);
          return (
            <>
              {(isForce || here.length > 0) && (
                <DeploymentsTable
                  caption="Here with us"
                  empty="No units of others are here with us."
                  rows={here}
                />
              )}
              {isForce && (
                <DeploymentsTable
                  caption="Ours, away"
                  empty="No units of ours are away."
                  rows={shown.filter(({ donor }) => donor === place.org)}
                />
              )}
              {(others.length > 0 || !isForce) && (
                <DeploymentsTable caption="Between others" empty="No units are away." rows={others} />
              )}
              {cursor !== undefined && (
                <p className="govuk-body mu-quiet">There are more than these; choose a status.</p>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
};

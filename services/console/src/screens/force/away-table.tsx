import type { DeploymentView } from '@muster/contracts';
import { Link } from 'react-router';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { DeploymentStatusTag } from '../deployments/status-tag.tsx';

/** Units of ours that are away or on their way, and when they are due back. */
export const AwayTable = ({ away }: { away: readonly DeploymentView[] }) => {
  const place = usePlace();
  const nameOf = useOrgName();
  const columns: Column<DeploymentView>[] = [
    {
      header: 'Units',
      cell: ({ donor, deploymentId, quantity, capabilityId }) => (
        <Link className="govuk-link" to={pathTo(place, 'deployments', donor, deploymentId)}>
          {quantity} of {capabilityId}
        </Link>
      ),
    },
    { header: 'With', cell: ({ host }) => nameOf(host) },
    { header: 'Status', cell: ({ status }) => <DeploymentStatusTag status={status} /> },
    {
      header: 'Due back',
      cell: ({ to, recall }) =>
        recall ? (
          <>
            recalled: <Countdown to={recall.by} />
          </>
        ) : (
          <Countdown to={to} />
        ),
    },
  ];
  return (
    <Table
      caption="Our units away"
      columns={columns}
      rows={away}
      keyOf={({ deploymentId }) => deploymentId}
      empty="None of our units are away."
    />
  );
};

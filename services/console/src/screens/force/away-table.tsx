import type { DeploymentView } from '@muster/contracts';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useOrgName } from '../../words/orgs.ts';
import { DeploymentStatusTag } from '../deployments/status-tag.tsx';
import { useUnitsColumn } from '../deployments/units-column.tsx';

/** Units of ours that are away or on their way, and when they are due back. */
export const AwayTable = ({ away }: { away: readonly DeploymentView[] }) => {
  const nameOf = useOrgName();
  const units = useUnitsColumn();
  const columns: Column<DeploymentView>[] = [
    units,
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

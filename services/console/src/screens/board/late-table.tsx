import type { BoardLate } from '@muster/contracts';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';

const LATENESS: Readonly<Record<BoardLate['kind'], string>> = {
  'not-arrived': 'Not at work yet',
  'not-released': 'Not released yet',
  'not-returned': 'Not home yet',
  'wanted-back': 'Wanted back',
};

export const LateTable = ({ late }: { late: readonly BoardLate[] }) => {
  const nameOf = useOrgName();
  const columns: Column<BoardLate>[] = [
    { header: 'Units', cell: ({ quantity, capabilityId }) => `${quantity} of ${capabilityId}` },
    { header: 'From', cell: ({ donor }) => nameOf(donor) },
    { header: 'At', cell: ({ host }) => nameOf(host) },
    { header: 'What', cell: ({ kind }) => LATENESS[kind] },
    { header: 'Status', cell: ({ status }) => tokenWords(status) },
    { header: 'Due', cell: ({ due }) => <Countdown to={due} /> },
  ];
  return (
    <Table
      caption="Units behind their time"
      columns={columns}
      rows={late}
      keyOf={({ donor, deploymentId }) => `${donor}/${deploymentId}`}
      empty="No units are behind their time."
    />
  );
};

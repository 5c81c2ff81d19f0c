import type { BoardAction } from '@muster/contracts';
import { Link } from 'react-router';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { TO_DO } from '../../words/requests.ts';

const keyOf = ({ kind, item, offerId, lineIds }: BoardAction): string =>
  [kind, item.kind, item.owner, item.id, offerId, ...lineIds].join('/');

export const ToDoTable = ({
  caption,
  actions,
  empty,
}: {
  caption: string;
  actions: readonly BoardAction[];
  empty: string;
}) => {
  const nameOf = useOrgName();
  const place = usePlace();
  const columns: Column<BoardAction>[] = [
    {
      header: 'What',
      cell: ({ kind, host, requestId }) => (
        <Link className="govuk-link" to={pathTo(place, 'request', host, requestId)}>
          {TO_DO[kind]}
        </Link>
      ),
    },
    { header: 'About', cell: ({ about }) => about },
    { header: 'Host', cell: ({ host }) => nameOf(host) },
    {
      header: 'By',
      cell: ({ by, isLate }) => (
        <>
          {by === undefined ? 'no time set' : <Countdown to={by} />} {isLate && <Tag colour="red">Late</Tag>}
        </>
      ),
    },
  ];
  const whom: Column<BoardAction> = {
    header: 'Waits for',
    cell: ({ waitsFor }) => waitsFor.map(nameOf).join(', '),
  };
  const isMine = actions.every((action) => action.isMine);
  return (
    <Table
      caption={caption}
      columns={isMine ? columns : [...columns, whom]}
      rows={actions}
      keyOf={keyOf}
      empty={empty}
    />
  );
};

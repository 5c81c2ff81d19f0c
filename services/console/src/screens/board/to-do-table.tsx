import type { BoardAction } from '@muster/contracts';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
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
  const columns: Column<BoardAction>[] = [
    { header: 'What', cell: ({ kind }) => TO_DO[kind] },
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

import type { BoardAction } from '@muster/contracts';
import { Link } from 'react-router';
import { Countdown } from '../../parts/countdown.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathToDo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { TO_DO } from '../../words/requests.ts';

/** Something to do; for whom is told where it is not for the person who looks. */
type ToDo = Omit<BoardAction, 'isMine' | 'waitsFor'> & Partial<Pick<BoardAction, 'isMine' | 'waitsFor'>>;

/** The same for the same thing, wherever it is told. */
export const keyOfToDo = ({ kind, item, offerId, lineIds }: ToDo): string =>
  [kind, item.kind, item.owner, item.id, offerId, ...lineIds].join('/');

export const ToDoTable = ({
  caption,
  actions,
  empty,
  reasonOf,
}: {
  caption: string;
  actions: readonly ToDo[];
  empty: string;
  /** Why the help was asked for about which something waits, as far as the page knows. */
  reasonOf?(action: ToDo): string | undefined;
}) => {
  const nameOf = useOrgName();
  const place = usePlace();
  const columns: Column<ToDo>[] = [
    {
      header: 'What',
      cell: (action) => (
        <Link className="govuk-link" to={pathToDo(place, action)}>
          {TO_DO[action.kind]}
        </Link>
      ),
    },
    {
      header: 'About',
      cell: (action) => {
        const reason = reasonOf?.(action);
        return (
          <>
            {reason !== undefined && <div>{reason}</div>}
            <div className={reason === undefined ? undefined : 'mu-quiet'}>{action.about}</div>
          </>
        );
      },
    },
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
  const whom: Column<ToDo> = {
    header: 'Waits for',
    cell: ({ waitsFor = [] }) => waitsFor.map(nameOf).join(', '),
  };
  const isMine = actions.every((action) => action.isMine !== false);
  return (
    <Table
      caption={caption}
      columns={isMine ? columns : [...columns, whom]}
      rows={actions}
      keyOf={keyOfToDo}
      empty={empty}
    />
  );
};

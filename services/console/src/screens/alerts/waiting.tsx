import { Link } from 'react-router';
import { type Notice, useNotices } from '../../notices/notices.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { TO_DO } from '../../words/requests.ts';

/** What the person, in their roles, can see to: less than what waits for their organisation. */
export const Waiting = () => {
  const place = usePlace();
  const nameOf = useOrgName();
  const columns: Column<Notice>[] = [
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
  return (
    <Loaded query={useNotices()}>
      {({ notices, leftOut }) => (
        <>
          <Table
            caption="Waits for you, in your roles"
            columns={columns}
            rows={notices}
            keyOf={({ id }) => id}
            empty="Nothing waits for you."
          />
          {leftOut > 0 && <p className="govuk-body mu-quiet">{leftOut} more are left out.</p>}
        </>
      )}
    </Loaded>
  );
};

import type { RequestView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { requestsQuery } from '../../api/reads.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Tag } from '../../parts/tag.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useOrgName } from '../../words/orgs.ts';
import { REQUEST_STATUS_WORDS } from '../../words/requests.ts';
import { dayAndTime } from '../../words/time.ts';

/** Every request of which there is a record, open or not. */
export const Component = () => {
  useDocumentTitle('Evidence');
  const place = usePlace();
  const nameOf = useOrgName();
  const requests = useQuery(requestsQuery(place));
  const columns: Column<RequestView>[] = [
    {
      header: 'Request',
      cell: ({ host, requestId, terms }) => (
        <Link className="govuk-link" to={pathTo(place, 'evidence', host, requestId)}>
          {terms.specialDemandReason}
        </Link>
      ),
    },
    { header: 'Host', cell: ({ host }) => nameOf(host) },
    {
      header: 'Status',
      cell: ({ status }) => (
        <Tag colour={REQUEST_STATUS_WORDS[status].colour}>{REQUEST_STATUS_WORDS[status].words}</Tag>
      ),
    },
    { header: 'Asked', cell: ({ submittedAt }) => dayAndTime(submittedAt) },
  ];
  return (
    <>
      <h1 className="govuk-heading-l">Evidence</h1>
      <p className="govuk-body">
        <Link className="govuk-link" to={pathTo(place, 'evidence', 'oral')}>
          Approvals by word of mouth
        </Link>
      </p>
      <Loaded query={requests}>
        {({ items, cursor }) => (
          <>
            <Table
              caption="Requests"
              columns={columns}
              rows={items}
              keyOf={({ host, requestId }) => `${host}/${requestId}`}
              empty="There is no record of any request."
            />
            {cursor !== undefined && (
              <p className="govuk-body mu-quiet">There are more; the export of a period has them all.</p>
            )}
          </>
        )}
      </Loaded>
    </>
  );
};

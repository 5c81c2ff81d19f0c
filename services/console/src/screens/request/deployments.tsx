import type { DeploymentView, RequestView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { deploymentActionsQuery, deploymentsQuery } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { Tag } from '../../parts/tag.tsx';
import { usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { dayAndTime, span } from '../../words/time.ts';

/** Deployments of one host that are looked through. */
const LOOKED_AT = 1_000;

const Deployment = ({ row }: { row: DeploymentView }) => {
  const nameOf = useOrgName();
  const place = usePlace();
  const { data } = useQuery(deploymentActionsQuery(place, row.donor, row.deploymentId));
  return (
    <li className="mu-card">
      <h3 className="govuk-heading-s mu-tight">
        {row.quantity} of {nameOf(row.donor)}, {row.capabilityId}
      </h3>
      <p className="govuk-body">
        <Tag colour={row.status === 'CLOSED' ? 'grey' : 'blue'}>{tokenWords(row.status)}</Tag>{' '}
        <span className="mu-quiet">
          since {dayAndTime(row.since)}; {span(row.from, row.to)}
        </span>
      </p>
      {data && <Actions actions={data.actions} heading="h4" title="What you can do about it" />}
    </li>
  );
};

/** The units that go out for the request, and what may be done about each. */
export const Deployments = ({ request: { host, requestId } }: { request: RequestView }) => {
  const { data } = useQuery(deploymentsQuery(usePlace(), { host, limit: LOOKED_AT }));
  const rows = data?.items.filter((row) => row.requestId === requestId) ?? [];
  return rows.length === 0 ? null : (
    <section aria-labelledby="deployments">
      <h2 id="deployments" className="govuk-heading-m">
        Deployments
      </h2>
      <ul className="mu-cards">
        {rows.map((row) => (
          <Deployment key={`${row.donor}/${row.deploymentId}`} row={row} />
        ))}
      </ul>
    </section>
  );
};

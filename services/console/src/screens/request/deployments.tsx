import type { DeploymentView, RequestView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { deploymentActionsQuery, deploymentsQuery } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useOrgName, useUnitsName } from '../../words/orgs.ts';
import { dayAndTime, span } from '../../words/time.ts';
import { DeploymentStatusTag } from '../deployments/status-tag.tsx';

/** Deployments of one host that are looked through. */
const LOOKED_AT = 1_000;

const Deployment = ({ row }: { row: DeploymentView }) => {
  const nameOf = useOrgName();
  const unitsOf = useUnitsName();
  const place = usePlace();
  const { data } = useQuery(deploymentActionsQuery(place, row.donor, row.deploymentId));
  return (
    <li className="mu-card">
      <h3 className="govuk-heading-s mu-tight">{unitsOf(row)}</h3>
      <p className="govuk-body">
        <Link className="govuk-link" to={pathTo(place, 'deployments', row.donor, row.deploymentId)}>
          {nameOf(row.donor)}, {row.capabilityId}
        </Link>{' '}
        <DeploymentStatusTag status={row.status} />
        <span className="mu-quiet mu-block">
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

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { deploymentActionsQuery, deploymentQuery } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useUnitsName } from '../../words/orgs.ts';
import { DeploymentFacts } from './facts.tsx';

/** One deployment: what is known of it, and what the person may do about it now. */
export const Component = () => {
  const place = usePlace();
  const { donor = '', deploymentId = '' } = useParams();
  const deployment = useQuery(deploymentQuery(place, donor, deploymentId));
  const actions = useQuery(deploymentActionsQuery(place, donor, deploymentId));
  const unitsOf = useUnitsName();
  const title = deployment.data ? unitsOf(deployment.data) : 'Deployment';
  useDocumentTitle(title);
  return (
    <>
      <Link className="govuk-back-link" to={pathTo(place, 'deployments')}>
        Deployments
      </Link>
      <h1 className="govuk-heading-l">{title}</h1>
      <div className="mu-split">
        <div>
          <Loaded query={deployment}>{(read) => <DeploymentFacts deployment={read} />}</Loaded>
          <p className="govuk-body">
            <Link className="govuk-link" to={pathTo(place, 'costs', donor, deploymentId)}>
              What it costs
            </Link>
          </p>
        </div>
        <div>
          <Loaded query={actions}>{(read) => <Actions actions={read.actions} />}</Loaded>
        </div>
      </div>
    </>
  );
};

import type { DeploymentView } from '@muster/contracts';
import { Link } from 'react-router';
import type { Column } from '../../parts/table.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useUnitsName } from '../../words/orgs.ts';

/** What is lent, leading to its page. */
export const useUnitsColumn = (): Column<DeploymentView> => {
  const place = usePlace();
  const unitsOf = useUnitsName();
  return {
    header: 'Units',
    cell: (row) => (
      <>
        <Link className="govuk-link" to={pathTo(place, 'deployments', row.donor, row.deploymentId)}>
          {unitsOf(row)}
        </Link>
        <div className="mu-quiet">{row.capabilityId}</div>
      </>
    ),
  };
};

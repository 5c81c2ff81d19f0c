import type { DeploymentView } from '@muster/contracts';
import { Link } from 'react-router';
import type { Place } from '../../api/http.ts';
import type { Column } from '../../parts/table.tsx';
import { pathTo } from '../../shell/place.ts';

/** What is lent, leading to its page. */
export const unitsColumn = (place: Place): Column<DeploymentView> => ({
  header: 'Units',
  cell: ({ donor, deploymentId, quantity, capabilityId }) => (
    <Link className="govuk-link" to={pathTo(place, 'deployments', donor, deploymentId)}>
      {quantity} of {capabilityId}
    </Link>
  ),
});

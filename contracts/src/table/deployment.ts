import {
  deploymentOpened,
  deploymentReturned,
  deploymentStatusReported,
  resourceReleased,
} from '../deployment/v1.ts';
import { deployment, row, toHost } from './row.ts';

/** Events of units that are lent. */
export const DEPLOYMENT_EVENTS = {
  'muster.deployment.opened.v1': row({
    schema: deploymentOpened,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'opened',
    addressee: toHost,
    actors: ['broker'],
    edxl: 'ReportResourceDeploymentStatus',
    about: 'A commitment became a deployment.',
  }),
  'muster.deployment.status.v1': row({
    schema: deploymentStatusReported,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'status',
    addressee: toHost,
    actors: ['donor-desk', 'unit-commander', 'requester', 'adapter'],
    edxl: 'ReportResourceDeploymentStatus',
    about: 'Where the deployed units are.',
  }),
  'muster.resource.released.v1': row({
    schema: resourceReleased,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'released',
    addressee: toHost,
    actors: ['requester', 'unit-commander', 'broker'],
    edxl: 'ReleaseResource',
    about: 'The host sends the units home.',
  }),
  'muster.deployment.returned.v1': row({
    schema: deploymentReturned,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'returned',
    addressee: toHost,
    actors: ['donor-desk', 'unit-commander', 'adapter'],
    edxl: 'ReportResourceDeploymentStatus with ActualReturnArrival',
    about: 'The units are home.',
  }),
};

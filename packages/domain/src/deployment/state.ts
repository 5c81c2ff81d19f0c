import type { DeploymentStatus, EventData } from '@muster/contracts';

/** Units of one commitment on their way through a deployment. */
export type DeploymentState = EventData<'muster.deployment.opened.v1'> & {
  status: DeploymentStatus;
  /** When the status began. */
  since: string;
};

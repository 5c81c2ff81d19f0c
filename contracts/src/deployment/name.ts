import { commandId } from '../tokens.ts';
import { forceId, orgId } from '../values.ts';

/** Names one deployment in an event: its donor, its id, and the host that may read of it. */
export const ofDeployment = { donor: forceId, deploymentId: commandId, host: orgId };

/** Names one deployment in a command. */
export const deploymentName = { donor: forceId, deploymentId: commandId };

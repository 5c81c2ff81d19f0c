import { z } from 'zod';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { orgId } from '../values.ts';
import { ofDeployment } from './name.ts';
import { deploymentSide } from './reasons.ts';

/**
 * One side proposes who directs and controls the units from `at` on. Police Act 1996 s.24(3): an officer lent
 * is under the direction and control of the chief officer of the force lent to.
 */
export const controlProposed = z.object({
  ...ofDeployment,
  /** Id of the proposal, which the other side confirms. */
  proposalId: commandId,
  to: deploymentSide,
  at: instant,
  proposedBy: orgId,
});

/** Both sides have said so: from `at` on the units are under the control of `toForce`. */
export const controlTransferred = z.object({
  ...ofDeployment,
  proposalId: commandId,
  to: deploymentSide,
  toForce: orgId,
  at: instant,
  proposedBy: orgId,
  confirmedBy: orgId,
});

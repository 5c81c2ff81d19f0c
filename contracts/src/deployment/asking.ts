import { z } from 'zod';
import { token } from '../tokens.ts';
import { name, orgId, text } from '../values.ts';
import { ofDeployment } from './name.ts';
import { deploymentSide } from './reasons.ts';

/** A party, or the centre of one, asks where the units are. */
export const statusRequested = z.object({ ...ofDeployment, askedBy: orgId, note: text.min(1).optional() });

/** Another desk of the same side looks after the deployment from now on. */
export const deploymentDeskTaken = z.object({
  ...ofDeployment,
  side: deploymentSide,
  from: name,
  to: token,
  /** Post that took it over. */
  by: token,
  note: text.min(1),
});

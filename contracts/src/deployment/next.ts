import { z } from 'zod';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { ofDeployment } from './name.ts';

/** Units that go on from one assignment to the next without going home. */
export const continued = z.object({
  /** The booking of the assignment before, named like its deployment. */
  bookingId: commandId,
  /** When the first of their assignments began. */
  since: instant,
});
export type Continued = z.infer<typeof continued>;

/** The units have gone on to their next assignment: this one is over, and nobody comes home from it. */
export const deploymentHandedOn = z.object({
  ...ofDeployment,
  /** The deployment of the next assignment. Whose it is, its own parties are told. */
  nextDeploymentId: commandId,
  at: instant,
});

import { z } from 'zod';
import { deploymentStatus, releaseReason } from '../codes.ts';
import { duty } from '../duty/duty.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, orgId, point, quantity, text } from '../values.ts';
import { continued } from './next.ts';

const ofDeployment = { donor: forceId, deploymentId: commandId, host: orgId };

/** The commitment's units are on their way to being deployed; status COMMITTED. */
export const deploymentOpened = z.object({
  ...ofDeployment,
  requestId: commandId,
  lineId: token,
  bookingId: commandId,
  capabilityId: token,
  quantity,
  from: instant,
  to: instant,
  token: z.int().min(1),
  duty: duty.optional(),
  /** The units come from another assignment, and have not been home since it began. */
  continues: continued.optional(),
});

/** Statuses that a status report may carry; the others have events of their own. */
export const reportedStatus = deploymentStatus.extract([
  'MOBILISING',
  'EN_ROUTE',
  'STAGED',
  'ON_TASK',
  'RETURNING',
]);

export const deploymentStatusReported = z.object({
  ...ofDeployment,
  status: reportedStatus,
  at: instant,
  eta: instant.optional(),
  headcount: z.int().min(0).max(10_000).optional(),
  /** Rounded to about a kilometre before it is sent. */
  position: point.optional(),
  duty: duty.optional(),
});

/** The host no longer needs the units; they go home. */
export const resourceReleased = z.object({
  ...ofDeployment,
  releasedAt: instant,
  reasonCode: releaseReason,
  to: z.enum(['origin']),
});

/** The units are home; the capability is free again from `at`. */
export const deploymentReturned = z.object({
  ...ofDeployment,
  at: instant,
  headcount: z.int().min(0).max(10_000).optional(),
  injuries: z.int().min(0).max(10_000),
  welfareReferral: z.boolean(),
  /** Nobody has said yet how the people are: the two above do not count, and an answer has to follow. */
  welfareOpen: z.literal(true).optional(),
  remarks: text.optional(),
});

import {
  BOARD_ACTIONS,
  declineReason,
  deploymentStatus,
  forceId,
  orgId,
  REQUEST_STATUSES,
  token,
} from '@muster/contracts';
import { z } from 'zod';
import { oneOf } from './choices.ts';

/** Exactly so many, or a range. */
const amount = z.union([
  z.number().min(0),
  z.strictObject({ atLeast: z.number().min(0).optional(), atMost: z.number().min(0).optional() }),
]);
export type Amount = z.infer<typeof amount>;

const SOME: Amount = { atLeast: 1 };

const ofRequest = { request: token.max(16) };

const eventCheck = z.strictObject({
  ...ofRequest,
  /** Type without prefix and version, such as `request.escalated`. */
  event: z.string(),
  /** Fields of its body that must be so. */
  where: z.record(z.string(), z.unknown()).default({}),
  count: amount.default(SOME),
  /** When the first of them was stored, in seconds after the request was submitted. */
  afterSeconds: amount.optional(),
});

const lineCheck = z.strictObject({
  ...ofRequest,
  line: token,
  committed: amount.optional(),
  unfilled: amount.optional(),
  /** Forces asked, forces that declined, and forces that stayed silent. */
  asked: amount.optional(),
  declined: amount.optional(),
  silent: amount.optional(),
  /** Who declined and why. */
  declinedBy: z.record(forceId, declineReason).optional(),
});

const deploymentCheck = z.strictObject({
  ...ofRequest,
  deployments: amount,
  donor: forceId.optional(),
  line: token.optional(),
  status: z.array(deploymentStatus).optional(),
});

const requestCheck = z.strictObject({
  ...ofRequest,
  status: z.array(z.enum(REQUEST_STATUSES)).min(1).optional(),
  tier: amount.optional(),
});

const boardCheck = z.strictObject({
  /** Whose board it is that shows it. */
  board: orgId,
  waits: z.enum(BOARD_ACTIONS),
  request: token.max(16).optional(),
  isMine: z.boolean().optional(),
  isLate: z.boolean().optional(),
  count: amount.default(SOME),
});

const freeCheck = z.strictObject({
  /** Units of a capability that are free over the window of a line, as its host sees it. */
  free: amount,
  ...ofRequest,
  line: token,
  force: forceId,
  capability: token,
});

/** Something that must be so, at a moment or at the end. */
export const check = oneOf({
  board: boardCheck,
  event: eventCheck,
  free: freeCheck,
  deployments: deploymentCheck,
  line: lineCheck,
  request: requestCheck,
});
export type Check = z.infer<typeof check>;
export type BoardCheck = z.infer<typeof boardCheck>;
export type EventCheck = z.infer<typeof eventCheck>;
export type FreeCheck = z.infer<typeof freeCheck>;
export type LineCheck = z.infer<typeof lineCheck>;
export type DeploymentCheck = z.infer<typeof deploymentCheck>;
export type RequestCheck = z.infer<typeof requestCheck>;

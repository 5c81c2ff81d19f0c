import { z } from 'zod';

/** Why a donor wants its units back before their task is done. */
export const recallReason = z.enum([
  'own-demand',
  'emergency-at-home',
  'welfare-rest',
  'relief-overdue',
  'policy',
  'other',
]);
export type RecallReason = z.infer<typeof recallReason>;

/** Why a donor gives up a commitment whose units are not on task yet. */
export const forfeitReason = z.enum([
  'own-demand',
  'emergency-at-home',
  'equipment-failure',
  'welfare-rest',
  'not-accredited',
  'policy',
  'other',
]);
export type ForfeitReason = z.infer<typeof forfeitReason>;

/** Why a commitment is called off before its units are on task; `made-in-error` corrects the record. */
export const abortReason = z.enum([
  'not-needed',
  'filled-elsewhere',
  'wrong-units',
  'unsafe',
  'made-in-error',
  'other',
]);
export type AbortReason = z.infer<typeof abortReason>;

/** The two sides of a deployment; each keeps a desk of its own for it. */
export const deploymentSide = z.enum(['host', 'donor']);
export type DeploymentSide = z.infer<typeof deploymentSide>;

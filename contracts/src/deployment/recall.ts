import { z } from 'zod';
import { tier } from '../codes.ts';
import { instant } from '../time.ts';
import { token } from '../tokens.ts';
import { text } from '../values.ts';
import { ofDeployment } from './name.ts';
import { recallReason } from './reasons.ts';

/** The donor wants its units back by a time. */
export const returnRequested = z.object({
  ...ofDeployment,
  by: instant,
  reasonCode: recallReason,
  reason: text.min(1),
  /** When the recall goes to the national tier if the units have not been released. */
  raiseAt: instant,
});

/** The host lets the units go, or says why it keeps them for now. */
export const returnAnswered = z.object({
  ...ofDeployment,
  answer: z.enum(['release', 'keep']),
  reason: text.min(1),
  /** From when the units may leave; with `release` only. */
  releaseAt: instant.optional(),
});

/** The donor does without the recall. */
export const returnWithdrawn = z.object({ ...ofDeployment, reason: text.min(1) });

/** Nobody released the units in time: the recall is before the national centre. */
export const returnRaised = z.object({ ...ofDeployment, tier, raisedAt: instant });

/** The national centre settles a raised recall. */
export const returnSettled = z.object({
  ...ofDeployment,
  decision: z.enum(['release', 'stay']),
  /** The instrument that it rests on, if any. */
  instrument: text.min(1).optional(),
  reason: text.min(1),
  /** Post of the donor that consents to their staying; a donor may always recall. */
  consentedBy: token.optional(),
});

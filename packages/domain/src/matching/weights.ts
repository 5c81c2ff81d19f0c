import { MATCHING_WEIGHTS, type MatchingWeights, NATIONAL_CENTRE } from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';

/** Weights and the version by which a rank can be explained later. */
export type Weights = MatchingWeights & { version: string };

const committed = MATCHING_WEIGHTS.at(-1);
if (!committed) throw new Error('the reference data has no weights');

/** The committed default, in force until the national centre sets others. */
export const WEIGHTS: Weights = committed;

/** The weights in force as this view shows them. A decision takes them once and records their version. */
export const weightsInForce = (view: Pick<LedgerView, 'register'>): Weights => {
  const last = view.register(NATIONAL_CENTRE)?.matching.at(-1);
  return last ? { ...last.weights, version: last.version } : WEIGHTS;
};

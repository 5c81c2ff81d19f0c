import { z } from 'zod';
import { WEIGHT_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { name, orgId, text } from '../values.ts';

/** The one policy of matching; the national centre's, for the whole mesh. */
export const MATCHING = 'matching';

const weight = z.number().min(0).max(WEIGHT_MAX);

/** What one unit of each term of a rank costs a candidate; the lower the sum, the better it ranks. */
export const matchingWeights = z.object({
  /** For each minute after the start of the line at which the units arrive. */
  lateness: weight,
  /** For each minute on the road. */
  travel: weight,
  /** For a donor outside the host's region. */
  tier: weight,
  /** For the donor's whole gross quantity of the code being lent; a share counts in proportion. */
  strain: weight,
  /** For all units asked for being such as the donor keeps back for itself; a share counts in proportion. */
  reserve: weight,
  /** For each scheme held that the line does not ask for, so that rare skills are kept for those who need them. */
  skillFit: weight,
  /** For each pound that one unit is assumed to cost over the line, with its road; no tariff is known to the mesh. */
  cost: weight,
});
export type MatchingWeights = z.infer<typeof matchingWeights>;

/** The national centre set the weights by which candidates are ranked from now on, everywhere on the mesh. */
export const matchingSet = z.object({
  org: orgId,
  policyId: z.literal(MATCHING),
  /** The committed default's version, a dot, and `revision`; no two sets of weights share one. */
  version: name,
  /** Counts what was set, from 1, without a gap. */
  revision: z.int().min(1),
  weights: matchingWeights,
  /** The version that was in force until now. */
  replaces: name,
  setBy: token,
  delegationId: commandId,
  reason: text.min(1),
});

/** One version of the weights, and where it comes from. */
export const matchingPolicyView = z.object({
  version: name,
  weights: matchingWeights,
  /** Absent for the committed default, which holds until the centre sets another. */
  set: z
    .object({ at: instant, by: token, delegationId: commandId, replaces: name, reason: z.string() })
    .optional(),
});
export type MatchingPolicyView = z.infer<typeof matchingPolicyView>;

import { z } from 'zod';
import { matchingPolicyView } from '../policy/matching.ts';

/** By what the time on the road is known: a table of roads, or the straight line with a road factor. */
export const travelSource = z.enum(['great-circle', 'osrm-table']);
export type TravelSource = z.infer<typeof travelSource>;

/** Time on the road, and where it comes from. */
export const travelEstimate = z.object({
  minutes: z.number().min(0),
  /** Kilometres on the road, one way; absent where the table of roads gave none. */
  km: z.number().min(0).optional(),
  source: travelSource,
  /** Why it is not from the table of roads that was asked. */
  because: z.string().optional(),
});
export type TravelEstimate = z.infer<typeof travelEstimate>;

/** How matching is told to choose; every organisation may read it. */
export const MATCHING_ASKS = {
  'matching-policy': {
    service: 'request-broker',
    query: z.object({}),
    /** `earlier`: what was in force before, the latest first. */
    answer: z.object({ inForce: matchingPolicyView, earlier: z.array(matchingPolicyView) }),
  },
};

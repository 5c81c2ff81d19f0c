import { z } from 'zod';
import { matchingPolicyView } from '../policy/matching.ts';

/** How matching is told to choose; every organisation may read it. */
export const MATCHING_ASKS = {
  'matching-policy': {
    service: 'request-broker',
    query: z.object({}),
    /** `earlier`: what was in force before, the latest first. */
    answer: z.object({ inForce: matchingPolicyView, earlier: z.array(matchingPolicyView) }),
  },
};

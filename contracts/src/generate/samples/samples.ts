import type { EventData, EventType } from '../../registry.ts';
import { approvalSamples } from './approvals.ts';
import { callSamples } from './calls.ts';
import { claimSamples } from './claim.ts';
import { controlSamples } from './control.ts';
import { preparationSamples } from './preparation.ts';
import { reachSamples } from './reach.ts';
import { requestSamples } from './request.ts';
import { staySamples } from './stay.ts';
import { unitSamples } from './units.ts';

/** One body of an event type; a variant where one body cannot show all of the type. */
export type Sample<T extends EventType> = { variant?: string; data: EventData<T> };
export type SamplesOf<T extends EventType> = { [K in T]: readonly [Sample<K>, ...Sample<K>[]] };

/** Bodies of every event type, with every optional field filled in. */
export const SAMPLES: SamplesOf<EventType> = {
  ...requestSamples,
  ...callSamples,
  ...reachSamples,
  ...approvalSamples,
  ...unitSamples,
  ...controlSamples,
  ...staySamples,
  ...preparationSamples,
  ...claimSamples,
};

import type { Mode } from '@muster/contracts';
import type { Caller, Clock } from '@muster/mesh';
import type { Policy } from '../policy/policy.ts';
import type { View } from '../views/view.ts';
import type { Guard } from './guard.ts';

/** What the routes work with. */
export type Parts = {
  guard: Guard;
  policy: Policy;
  caller: Caller;
  clock: Clock;
  modes: readonly Mode[];
  /** @throws Problem when this gateway does not serve the mode. */
  viewOf(mode: Mode): View;
};

import type { CommandName } from '@muster/contracts';
import { CLAIM_GENERATORS } from './claims.ts';
import { DEPLOYMENT_GENERATORS } from './deployments.ts';
import { OFFER_GENERATORS } from './offers.ts';
import { POLICY_GENERATORS } from './policy.ts';
import { PREPARED_GENERATORS } from './prepared.ts';
import { REACH_GENERATORS } from './reach.ts';
import { REQUEST_GENERATORS } from './requests.ts';
import type { Generators } from './stage.ts';
import { STAY_GENERATORS } from './stay.ts';
import { UNACCEPTED_GENERATORS } from './unaccepted.ts';

/** A generator for every command that there is: one without is a type error. */
export const GENERATORS: Generators<CommandName> = {
  ...REQUEST_GENERATORS,
  ...REACH_GENERATORS,
  ...OFFER_GENERATORS,
  ...PREPARED_GENERATORS,
  ...UNACCEPTED_GENERATORS,
  ...DEPLOYMENT_GENERATORS,
  ...STAY_GENERATORS,
  ...CLAIM_GENERATORS,
  ...POLICY_GENERATORS,
} satisfies Record<CommandName, unknown>;

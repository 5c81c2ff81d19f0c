import { z } from 'zod';
import { approvalRules, delegatedRole, delegationScope } from '../policy/delegations.ts';
import { matchingWeights } from '../policy/matching.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { name, text } from '../values.ts';
import { base } from './base.ts';

/** The delegation is named by the command's id. */
const delegationGrant = z
  .object({
    ...base,
    post: token,
    role: delegatedRole,
    scope: delegationScope,
    validFrom: instant,
    validTo: instant,
    reason: text.min(1),
  })
  .refine((one) => one.validFrom < one.validTo, { message: 'must end after it starts', path: ['validTo'] });

const delegationRevoke = z.object({ ...base, delegationId: commandId, reason: text.min(1) });

const approvalRulesSet = z.object({ ...base, rules: approvalRules, reason: text.min(1) });

/** The national centre's; `replaces` names the version that it saw in force, so that two cannot overwrite each other. */
const matchingPolicySet = z.object({
  ...base,
  weights: matchingWeights,
  replaces: name,
  reason: text.min(1),
});

export const POLICY_COMMANDS = {
  'delegation-grant': delegationGrant,
  'delegation-revoke': delegationRevoke,
  'approval-rules-set': approvalRulesSet,
  'matching-policy-set': matchingPolicySet,
};

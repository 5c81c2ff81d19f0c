import { z } from 'zod';
import { approvalRules, delegatedRole, delegationScope } from '../policy/delegations.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { text } from '../values.ts';
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

export const POLICY_COMMANDS = {
  'delegation-grant': delegationGrant,
  'delegation-revoke': delegationRevoke,
  'approval-rules-set': approvalRulesSet,
};

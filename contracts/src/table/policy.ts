import { approvalRulesSet, delegationGranted, delegationRevoked } from '../policy/delegations.ts';
import { matchingSet } from '../policy/matching.ts';
import type { Aggregate } from '../subjects.ts';
import { row } from './row.ts';

const policy = ({ org, policyId }: { org: string; policyId: string }): Aggregate => ({
  kind: 'policy',
  owner: org,
  id: policyId,
});

const ofPolicy = { stream: 'ASSISTANCE', aggregate: policy, edxl: 'none' } as const;

/** Rules that an organisation sets for its own decisions. */
export const POLICY_EVENTS = {
  'muster.delegation.granted.v1': row({
    ...ofPolicy,
    schema: delegationGranted,
    token: 'delegation-granted',
    actors: ['approver', 'force-ict'],
    about: 'A post may decide for its organisation, within a scope and a time.',
  }),
  'muster.delegation.revoked.v1': row({
    ...ofPolicy,
    schema: delegationRevoked,
    token: 'delegation-revoked',
    actors: ['approver', 'force-ict'],
    about: 'A post may not decide any more; what it decided stands.',
  }),
  'muster.approval_rules.set.v1': row({
    ...ofPolicy,
    schema: approvalRulesSet,
    token: 'approval-rules-set',
    actors: ['approver', 'force-ict'],
    about: 'From which size on people, and not a policy, decide for the organisation.',
  }),
  'muster.policy.matching_set.v1': row({
    ...ofPolicy,
    schema: matchingSet,
    token: 'matching-set',
    actors: ['national-centre'],
    about: 'By which weights candidates are ranked from now on, everywhere on the mesh.',
  }),
};

import { type CommandBody, isRefusal, MATCHING, NATIONAL_CENTRE, refuse } from '@muster/contracts';
import { authorise } from '../approval/authorise.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { WEIGHTS, weightsInForce } from './weights.ts';

/** Changing how candidates are ranked touches every code and no unit. */
const MATTER = { codes: ['*'], quantity: 0 };

/**
 * A post of the national centre, by its delegation for every code, sets the weights by which candidates are
 * ranked from now on. What was ranked before keeps the version that it names.
 */
export const decideMatchingPolicy = (
  org: string,
  body: CommandBody<'matching-policy-set'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { actor, weights, replaces, reason } = body;
  if (org !== NATIONAL_CENTRE) {
    return refuse('not-permitted', `only the national centre sets how candidates are ranked, not ${org}`);
  }
  if (actor.role !== 'national-centre') {
    const fields = [{ path: 'actor.role', because: 'must be national-centre' }];
    return refuse('wrong-role', `the matching policy is set by the national centre's own role`, fields);
  }
  const allowed = authorise({ org, post: actor.id, role: actor.role }, MATTER, view, now);
  if (isRefusal(allowed)) return allowed;
  const { version: inForce } = weightsInForce(view);
  if (replaces !== inForce) {
    const fields = [{ path: 'replaces', because: `version ${inForce} is in force` }];
    return refuse('wrong-status', `version ${inForce} is in force, not ${replaces}; look again`, fields);
  }
  const revision = (view.register(org)?.matching.length ?? 0) + 1;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.policy.matching_set.v1',
    data: {
      ...{ org, policyId: MATCHING, version: `${WEIGHTS.version}.${revision}`, revision, weights, replaces },
      ...{ setBy: actor.id, delegationId: allowed.delegationId, reason },
    },
  });
  return draft.done();
};

import { type CommandBody, DELEGATIONS, type Refusal, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';

const KEEPERS: readonly string[] = ['approver', 'force-ict'];

const notKeeper = ({ role }: { role: string }): Refusal | undefined =>
  KEEPERS.includes(role)
    ? undefined
    : refuse('wrong-role', `the register is kept by ${KEEPERS.join(' or ')}, not by ${role}`, [
        { path: 'actor.role', because: `must be ${KEEPERS.join(' or ')}` },
      ]);

/** A post may decide for its organisation from now on. Nobody grants to himself. */
export const decideGrant = (
  org: string,
  body: CommandBody<'delegation-grant'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { commandId: delegationId, actor, post, role, scope, validFrom, validTo, reason } = body;
  const fault = notKeeper(actor);
  if (fault) return fault;
  if (post === actor.id)
    return refuse(
      'same-person',
      `${post} cannot delegate to itself; another keeper of the register grants it`,
    );
  if (validTo <= now) {
    const because = `has passed (it is ${now})`;
    return refuse('bad-time', `validTo ${because}`, [{ path: 'validTo', because }]);
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.delegation.granted.v1',
    data: {
      ...{ org, policyId: DELEGATIONS, delegationId, post, role, scope, validFrom, validTo },
      ...{ grantedBy: actor.id, reason },
    },
  });
  return draft.done();
};

/** A post may not decide any more; what it decided stands. */
export const decideRevoke = (
  org: string,
  body: CommandBody<'delegation-revoke'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { actor, delegationId, reason } = body;
  const fault = notKeeper(actor);
  if (fault) return fault;
  const known = view.register(org)?.delegations.get(delegationId);
  if (!known) return refuse('not-found', `${org} has no delegation ${delegationId}`);
  if (known.revokedAt)
    return refuse('wrong-status', `the delegation was revoked at ${known.revokedAt} already`);
  const draft = startDraft(view, now);
  const revokedBy = actor.id;
  draft.emit({
    type: 'muster.delegation.revoked.v1',
    data: { org, policyId: DELEGATIONS, delegationId, revokedBy, reason },
  });
  return draft.done();
};

/** From which size on people decide for the organisation. */
export const decideRules = (
  org: string,
  body: CommandBody<'approval-rules-set'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { actor, rules, reason } = body;
  const fault = notKeeper(actor);
  if (fault) return fault;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.approval_rules.set.v1',
    data: { org, policyId: DELEGATIONS, rules, setBy: actor.id, reason },
  });
  return draft.done();
};

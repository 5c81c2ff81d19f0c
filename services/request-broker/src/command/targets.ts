import type { Aggregate, Command, CommandName, EventType } from '@muster/contracts';
import { DELEGATIONS, MATCHING } from '@muster/contracts';

/** The one event that every stored command of this name has, and that no other command writes as its first. */
const MARK: Record<CommandName, EventType | readonly EventType[]> = {
  'request-create': 'muster.request.submitted.v1',
  'request-cancel': 'muster.request.cancelled.v1',
  'request-draft': 'muster.request.drafted.v1',
  'request-submit': 'muster.request.submitted.v1',
  'request-approve': 'muster.request.approved.v1',
  'request-refuse': 'muster.request.refused.v1',
  'request-amend': 'muster.request.amended.v1',
  // Where a centre has to agree first, the command only asks it.
  'request-escalate': ['muster.request.escalated.v1', 'muster.request.escalation_asked.v1'],
  'escalation-accept': 'muster.request.escalated.v1',
  'unfilled-acknowledge': 'muster.request.unfilled_acknowledged.v1',
  'request-acknowledge': 'muster.request.acknowledged.v1',
  'request-ask': 'muster.request.issued.v1',
  'ask-withdraw': 'muster.request.ask_withdrawn.v1',
  'delegation-grant': 'muster.delegation.granted.v1',
  'delegation-revoke': 'muster.delegation.revoked.v1',
  'approval-rules-set': 'muster.approval_rules.set.v1',
  'matching-policy-set': 'muster.policy.matching_set.v1',
  // One above what the donor leaves to its policy is only prepared.
  'offer-make': ['muster.offer.made.v1', 'muster.offer.prepared.v1'],
  'offer-approve': 'muster.offer.approved.v1',
  'offer-refuse': 'muster.offer.refused.v1',
  'offer-decline': 'muster.offer.declined.v1',
  'offer-accept': 'muster.offer.accepted.v1',
  'offer-condition-met': 'muster.offer.condition_met.v1',
  'offer-withdraw': 'muster.offer.withdrawn.v1',
  'offer-not-select': 'muster.offer.not_selected.v1',
  'acceptance-withdraw': 'muster.offer.lapsed.v1',
  'plan-approve': 'muster.plan.approved.v1',
  'direction-record': 'muster.direction.recorded.v1',
  'agreement-record': 'muster.offer.called.v1',
  'deployment-status': 'muster.deployment.status.v1',
  'deployment-release': 'muster.resource.released.v1',
  'deployment-return': 'muster.deployment.returned.v1',
  'control-propose': 'muster.deployment.control_proposed.v1',
  'control-confirm': 'muster.deployment.control_transferred.v1',
  'return-request': 'muster.return.requested.v1',
  'return-answer': 'muster.return.answered.v1',
  'return-withdraw': 'muster.return.withdrawn.v1',
  'return-settle': 'muster.return.settled.v1',
  'deployment-forfeit': 'muster.deployment.forfeited.v1',
  'deployment-abort': 'muster.deployment.aborted.v1',
  'deployment-debrief': 'muster.deployment.debriefed.v1',
  'claim-estimate': 'muster.cost.estimated.v1',
  'claim-record': 'muster.cost.recorded.v1',
  'claim-submit': 'muster.claim.submitted.v1',
  'claim-check': 'muster.claim.checked.v1',
  'claim-query': 'muster.claim.queried.v1',
  'claim-answer': 'muster.claim.submitted.v1',
  'claim-agree': 'muster.claim.agreed.v1',
  'claim-pay': 'muster.claim.paid.v1',
  'claim-waive': ['muster.claim.waiver_proposed.v1', 'muster.claim.waived.v1'],
  'status-request': 'muster.deployment.status_requested.v1',
  'deployment-desk-take': 'muster.deployment.desk_taken.v1',
  'request-desk-take': 'muster.request.desk_taken.v1',
  'extension-ask': 'muster.extension.requested.v1',
  'extension-answer': 'muster.extension.answered.v1',
  'welfare-answer': 'muster.deployment.welfare_answered.v1',
  'secondment-review': 'muster.deployment.secondment_reviewed.v1',
};

/** The aggregate that a command is about. */
export const targetOf = (command: Command): Aggregate => {
  switch (command.name) {
    case 'request-create':
      return { kind: 'request', owner: command.org, id: command.body.commandId };
    case 'request-draft':
      return { kind: 'request', owner: command.org, id: command.body.requestId ?? command.body.commandId };
    case 'delegation-grant':
    case 'delegation-revoke':
    case 'approval-rules-set':
      return { kind: 'policy', owner: command.org, id: DELEGATIONS };
    case 'matching-policy-set':
      return { kind: 'policy', owner: command.org, id: MATCHING };
    case 'request-cancel':
      return { kind: 'request', owner: command.body.host ?? command.org, id: command.body.requestId };
    case 'request-ask':
    case 'ask-withdraw':
    case 'request-submit':
    case 'request-approve':
    case 'request-refuse':
    case 'request-amend':
    case 'offer-accept':
    case 'offer-not-select':
    case 'acceptance-withdraw':
    case 'request-desk-take':
      return { kind: 'request', owner: command.org, id: command.body.requestId };
    case 'plan-approve': {
      const [first] = command.body.assignments;
      if (!first) throw new Error('a plan without assignments has passed its schema');
      return { kind: 'request', owner: first.host, id: first.requestId };
    }
    case 'agreement-record': {
      const { for: what, commandId } = command.body;
      const id = what.kind === 'request' ? what.requestId : commandId;
      return { kind: 'request', owner: command.org, id };
    }
    case 'request-escalate':
    case 'escalation-accept':
    case 'unfilled-acknowledge':
    case 'request-acknowledge':
    case 'direction-record':
    case 'offer-make':
    case 'offer-decline':
    case 'offer-condition-met':
    case 'offer-withdraw':
      return { kind: 'request', owner: command.body.host, id: command.body.requestId };
    case 'offer-approve':
    case 'offer-refuse':
      return { kind: 'offer', owner: command.org, id: command.body.offerId };
    case 'claim-estimate':
    case 'claim-record':
    case 'claim-submit':
    case 'claim-check':
    case 'claim-query':
    case 'claim-answer':
    case 'claim-agree':
    case 'claim-pay':
    case 'claim-waive':
      return { kind: 'claim', owner: command.body.donor, id: command.body.claimId };
    case 'deployment-status':
    case 'deployment-release':
    case 'deployment-return':
    case 'control-propose':
    case 'control-confirm':
    case 'return-request':
    case 'return-answer':
    case 'return-withdraw':
    case 'return-settle':
    case 'deployment-forfeit':
    case 'deployment-abort':
    case 'deployment-debrief':
    case 'status-request':
    case 'deployment-desk-take':
    case 'extension-ask':
    case 'extension-answer':
    case 'welfare-answer':
    case 'secondment-review':
      return { kind: 'deployment', owner: command.body.donor, id: command.body.deploymentId };
  }
};

/** Every aggregate in which the mark of a command may stand. */
export const markedIn = (command: Command): Aggregate[] => [
  targetOf(command),
  ...(command.name === 'offer-make'
    ? [{ kind: 'offer' as const, owner: command.org, id: command.body.commandId }]
    : []),
];

/** Commands whose mark other commands write too, as what follows from them and never first. */
const MARKED_FIRST: readonly CommandName[] = ['offer-make', 'offer-not-select', 'acceptance-withdraw'];

/** The mark of a command of this name among the events of a stored one; undefined when that was another. */
export const markOf = <E extends { type: string }>(name: CommandName, events: readonly E[]): E | undefined =>
  (MARKED_FIRST.includes(name) ? events.slice(0, 1) : events).find(({ type }) =>
    [MARK[name]].flat().some((mark) => mark === type),
  );

import { type CommandBody, isRefusal, refuse } from '@muster/contracts';
import { closeDeploymentIfDone } from '../deployment/debrief.ts';
import { badTime } from '../deployment/parties.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { approvalOf, claimFor, dueAfter, namedIn } from './parties.ts';

/** A post of the host has gone through what is claimed. */
export const decideCheck = (
  org: string,
  body: CommandBody<'claim-check'>,
  view: LedgerView,
  now: string,
): Decision => {
  const claim = claimFor(org, body, { side: 'host', from: ['SUBMITTED'], what: 'checked' }, view);
  if (isRefusal(claim)) return claim;
  const { round, totalPence, checkedBy } = claim;
  if (checkedBy) {
    return refuse(
      'wrong-status',
      `${checkedBy} has checked claim ${claim.claimId} already; another post of finance agrees to it or queries it`,
    );
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.claim.checked.v1',
    data: { ...namedIn(claim), round, totalPence, checkedBy: body.actor.id },
  });
  return draft.done();
};

/** The host asks before it agrees. */
export const decideQuery = (
  org: string,
  body: CommandBody<'claim-query'>,
  view: LedgerView,
  now: string,
): Decision => {
  const claim = claimFor(org, body, { side: 'host', from: ['SUBMITTED'], what: 'queried' }, view);
  if (isRefusal(claim)) return claim;
  const { reason, lineIds, actor } = body;
  const unknown = lineIds.filter((lineId) => !claim.lines.some((line) => line.lineId === lineId));
  if (unknown.length > 0) {
    const because = `the claim has no line ${unknown.join(', ')}`;
    return refuse('invalid', because, [{ path: 'lineIds', because }]);
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.claim.queried.v1',
    data: {
      ...{ ...namedIn(claim), round: claim.round, reason, lineIds, queriedBy: actor.id },
      dueBy: dueAfter(now, 'answer'),
    },
  });
  return draft.done();
};

/** A post that has neither checked nor queried the claim agrees to it. */
export const decideAgree = (
  org: string,
  body: CommandBody<'claim-agree'>,
  view: LedgerView,
  now: string,
): Decision => {
  const claim = claimFor(org, body, { side: 'host', from: ['SUBMITTED'], what: 'agreed' }, view);
  if (isRefusal(claim)) return claim;
  const { checkedBy, queriedBy, round, totalPence } = claim;
  const { actor } = body;
  if (!checkedBy)
    return refuse(
      'approval-needed',
      `nobody has checked claim ${claim.claimId} yet; one post of finance checks it, another agrees`,
    );
  if (actor.id === checkedBy || queriedBy.includes(actor.id)) {
    return refuse('same-person', `${actor.id} has checked or queried it, so another post has to agree`);
  }
  const approval = approvalOf(org, { actor, totalPence, claim }, view, now);
  if (isRefusal(approval)) return approval;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.claim.agreed.v1',
    data: {
      ...{ ...namedIn(claim), round, totalPence, checkedBy, agreedBy: actor.id, approval },
      dueBy: dueAfter(now, 'pay'),
    },
  });
  return draft.done();
};

/** The host has paid what was agreed. */
export const decidePay = (
  org: string,
  body: CommandBody<'claim-pay'>,
  view: LedgerView,
  now: string,
): Decision => {
  const claim = claimFor(org, body, { side: 'host', from: ['AGREED'], what: 'paid' }, view);
  if (isRefusal(claim)) return claim;
  const { amountPence, paidAt, paymentRef, actor } = body;
  if (amountPence !== claim.totalPence) {
    const because = `must be the ${claim.totalPence} pence that were agreed`;
    return refuse('invalid', `amountPence ${because}`, [{ path: 'amountPence', because }]);
  }
  const fault = badTime(paidAt, claim.since, now);
  if (fault) return { ...fault, fields: [{ path: 'paidAt', because: fault.because }] };
  const { donor, claimId } = claim;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.claim.paid.v1',
    data: { ...namedIn(claim), amountPence, paidAt, paymentRef, paidBy: actor.id },
  });
  closeDeploymentIfDone(draft, { donor, deploymentId: claimId });
  return draft.done();
};

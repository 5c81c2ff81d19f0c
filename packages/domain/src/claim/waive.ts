import { type CommandBody, isRefusal, refuse } from '@muster/contracts';
import { closeDeploymentIfDone } from '../deployment/debrief.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { approvalOf, claimFor, namedIn, type Step } from './parties.ts';

const WAIVE: Step = {
  side: 'both',
  from: ['ESTIMATED', 'ACCRUING', 'SUBMITTED', 'QUERIED', 'AGREED'],
  what: 'waived',
};

/** One side proposes that nothing is paid; the other side's same word makes it so. */
export const decideWaive = (
  org: string,
  body: CommandBody<'claim-waive'>,
  view: LedgerView,
  now: string,
): Decision => {
  const claim = claimFor(org, body, WAIVE, view);
  if (isRefusal(claim)) return claim;
  const { basis, reason, actor } = body;
  const { totalPence, waiver } = claim;
  const approval = approvalOf(org, { actor, totalPence, claim }, view, now);
  if (isRefusal(approval)) return approval;
  const draft = startDraft(view, now);
  const said = { ...namedIn(claim), basis, reason, totalPence, approval, post: actor.id };
  if (!waiver || waiver.by === org) {
    if (waiver?.basis === basis) {
      return refuse('wrong-status', `${org} has proposed that already; the other side has to agree`);
    }
    draft.emit({ type: 'muster.claim.waiver_proposed.v1', data: { ...said, proposedBy: org } });
    return draft.done();
  }
  if (waiver.basis !== basis) {
    const because = `must be ${waiver.basis}, as ${waiver.by} proposed`;
    return refuse('invalid', `basis ${because}`, [{ path: 'basis', because }]);
  }
  const { donor, claimId } = claim;
  draft.emit({ type: 'muster.claim.waived.v1', data: { ...said, proposedBy: waiver.by, agreedBy: org } });
  closeDeploymentIfDone(draft, { donor, deploymentId: claimId });
  return draft.done();
};

/** The time of the next step has passed; told once for each step. */
export const decideClaimDue = (
  { donor, claimId }: { donor: string; claimId: string },
  view: LedgerView,
  now: string,
): Decision => {
  const claim = view.claim(donor, claimId);
  if (!claim?.dueBy || claim.isOverdue || now < claim.dueBy) return { events: [] };
  const { status, dueBy } = claim;
  const draft = startDraft(view, now);
  draft.emit({ type: 'muster.claim.overdue.v1', data: { ...namedIn(claim), status, dueBy } });
  return draft.done();
};

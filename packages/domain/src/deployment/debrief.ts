import { type CommandBody, isRefusal, type MusterEvent, refuse } from '@muster/contracts';
import { isOpen } from '../claim/state.ts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { agreedFor } from '../request/cost.ts';
import { type DeploymentName, findDeployment, namedIn, sideOf } from './parties.ts';
import type { DeploymentState } from './state.ts';
import { statusWords } from './words.ts';

/** Of these the host owes the donor nothing, unless there is a claim all the same. */
const UNPAID: readonly string[] = ['NIL_PAYBACK', 'NATIONAL_FUNDED'];

/** Whether units were taken as aid that the host need not pay for. */
export const isUnpaid = (
  view: Pick<LedgerView, 'request'>,
  deployment: Pick<DeploymentState, 'host' | 'requestId' | 'deploymentId'>,
): boolean => UNPAID.includes(agreedFor(view, deployment)?.costCategory ?? '');

/** Whether nothing is owed for the deployment any more: its claim is paid or waived, or none is to be expected. */
const isSettled = (view: LedgerView, deployment: DeploymentState): boolean => {
  const claim = view.claim(deployment.donor, deployment.deploymentId);
  return claim ? !isOpen(claim) : isUnpaid(view, deployment);
};

/**
 * Closes a deployment whose units are home, once its donor has debriefed and its money is settled. To be called
 * wherever the last of these may have happened; changes nothing before.
 */
export const closeDeploymentIfDone = (draft: Draft, { donor, deploymentId }: DeploymentName): void => {
  const deployment = draft.view.deployment(donor, deploymentId);
  if (deployment?.status !== 'RETURNED' || !deployment.debriefed.includes('donor')) return;
  if (deployment.welfare?.isOpen || !isSettled(draft.view, deployment)) return;
  draft.emit({
    type: 'muster.deployment.closed.v1',
    data: { ...namedIn(deployment), at: draft.now, because: 'debriefed-and-settled' },
  });
};

/** What a debrief and the settling of a claim that were decided side by side could not see of each other. */
export const decideSettleDeployment = (name: DeploymentName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  closeDeploymentIfDone(draft, name);
  return draft.done();
};

/** The deployment to be settled after an event; whichever of the two stands later in the ledger sees both. */
export const deploymentSettledAfter = (event: MusterEvent): DeploymentName | undefined => {
  switch (event.type) {
    case 'muster.deployment.debriefed.v1':
      return { donor: event.data.donor, deploymentId: event.data.deploymentId };
    case 'muster.claim.paid.v1':
    case 'muster.claim.waived.v1':
      return { donor: event.data.donor, deploymentId: event.data.claimId };
    default:
      return undefined;
  }
};

/** One side says what is to be learned; each side once. */
export const decideDebrief = (
  org: string,
  body: CommandBody<'deployment-debrief'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { deploymentId, status } = deployment;
  if (status !== 'RETURNED') {
    return refuse(
      'wrong-status',
      `the units of deployment ${deploymentId} are ${statusWords(status)}; debrief it once they are home`,
    );
  }
  const side = sideOf(org, deployment);
  if (deployment.debriefed.includes(side)) {
    return refuse('wrong-status', `the ${side} has debriefed deployment ${deploymentId} already`);
  }
  const { lessons, hoursWorked, equipmentLoss } = body;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.debriefed.v1',
    data: {
      ...namedIn(deployment),
      by: org,
      lessons,
      ...(hoursWorked !== undefined && { hoursWorked }),
      ...(equipmentLoss !== undefined && { equipmentLoss }),
    },
  });
  closeDeploymentIfDone(draft, deployment);
  return draft.done();
};

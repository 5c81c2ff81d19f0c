import { type CommandBody, isRefusal, refuse } from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { type DeploymentName, findDeployment, namedIn, sideOf } from './parties.ts';
import type { DeploymentState } from './state.ts';

/** Whether nothing is owed for the deployment any more. */
const isSettled = (view: LedgerView, { host, requestId }: DeploymentState): boolean =>
  view.request(host, requestId)?.terms.costCategory === 'NIL_PAYBACK';

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
    return refuse('wrong-status', `deployment ${deploymentId} is ${status}; it is debriefed once RETURNED`);
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

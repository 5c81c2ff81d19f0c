import { type CommandBody, type DeploymentStatus, isRefusal, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { findDeployment, namedIn, sideOf } from './parties.ts';
import type { DeploymentState } from './state.ts';
import { statusWords } from './words.ts';

/**
 * From which statuses control may pass to a side. It passes to the host when the units are with it or on their
 * way, and back for as long as they are not home. A status report waits for neither.
 */
export const MAY_PASS_TO: Readonly<Record<'host' | 'donor', readonly DeploymentStatus[]>> = {
  host: ['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'],
  donor: ['STAGED', 'ON_TASK', 'RECALL_PENDING', 'RELEASED', 'RETURNING', 'ABORTED'],
};

const mayPass = (deployment: DeploymentState, to: 'host' | 'donor'): Decision | undefined => {
  const { deploymentId, status, control } = deployment;
  if (control.with === to) {
    return refuse(
      'wrong-status',
      `the units of deployment ${deploymentId} are under the control of the ${to}`,
    );
  }
  if (!MAY_PASS_TO[to].includes(status)) {
    return refuse(
      'wrong-status',
      `the units of deployment ${deploymentId} are ${statusWords(status)}; control passes to the ${to} while they are ${MAY_PASS_TO[to].map(statusWords).join(' or ')}`,
    );
  }
  return undefined;
};

/** One side proposes who controls the units; a later proposal takes the place of an earlier one. */
export const decideControlPropose = (
  org: string,
  body: CommandBody<'control-propose'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { to, at, commandId: proposalId } = body;
  const fault = mayPass(deployment, to);
  if (fault) return fault;
  if (at < deployment.control.since) {
    const because = `lies before the last change of control (${deployment.control.since})`;
    return refuse('bad-time', `at ${because}`, [{ path: 'at', because }]);
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.control_proposed.v1',
    data: { ...namedIn(deployment), proposalId, to, at, proposedBy: org },
  });
  return draft.done();
};

/** The other side confirms exactly what was proposed. */
export const decideControlConfirm = (
  org: string,
  body: CommandBody<'control-confirm'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { deploymentId, donor, host, control } = deployment;
  const { proposed } = control;
  if (!proposed) return refuse('wrong-status', `nothing is proposed for deployment ${deploymentId}`);
  if (proposed.proposalId !== body.proposalId) {
    const because = `${proposed.proposalId} is what stands proposed now: control with the ${proposed.to} from ${proposed.at}`;
    return refuse('wrong-status', because, [{ path: 'proposalId', because }]);
  }
  if (sideOf(proposed.by, deployment) === sideOf(org, deployment)) {
    return refuse('not-permitted', `${proposed.by} has proposed it; the other side confirms`);
  }
  const fault = mayPass(deployment, proposed.to);
  if (fault) return fault;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.control_transferred.v1',
    data: {
      ...namedIn(deployment),
      proposalId: proposed.proposalId,
      to: proposed.to,
      toForce: proposed.to === 'host' ? host : donor,
      at: proposed.at,
      proposedBy: proposed.by,
      confirmedBy: org,
    },
  });
  return draft.done();
};

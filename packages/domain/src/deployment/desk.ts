import { type CommandBody, type DeploymentSide, isRefusal, refuse } from '@muster/contracts';
import { maySee } from '../access/visibility.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { requestEnded } from '../request/refusals.ts';
import type { RequestState } from '../request/state.ts';
import { findDeployment, isHome, namedIn, sideOf } from './parties.ts';
import type { DeploymentState } from './state.ts';

/** The desk of a donor that has named none. */
export const DONOR_DESK_DEFAULT = 'resource-desk';

/** The desk that looks after a request: at first the one that its terms name. */
export const requestDesk = (request: RequestState): string => request.desk ?? request.terms.contactDesk;

/** The desk of one side of a deployment: at first the request's for the host, and the resource desk for the donor. */
export const deploymentDesk = (
  deployment: DeploymentState,
  side: DeploymentSide,
  view: Pick<LedgerView, 'request'>,
): string => {
  const own = deployment.desks[side];
  if (own !== undefined) return own;
  if (side === 'donor') return DONOR_DESK_DEFAULT;
  const request = view.request(deployment.host, deployment.requestId);
  return request ? requestDesk(request) : deployment.host;
};

/** Another desk of the host takes the request over. */
export const decideRequestDesk = (
  org: string,
  { requestId, desk, note, actor }: CommandBody<'request-desk-take'>,
  view: LedgerView,
  now: string,
): Decision => {
  const request = view.request(org, requestId);
  if (!request) return refuse('not-found', `${org} has no request ${requestId}`);
  if (['refused', 'cancelled', 'expired', 'closed'].includes(request.phase.kind)) {
    return requestEnded(request);
  }
  const from = requestDesk(request);
  if (from === desk) return refuse('wrong-status', `${desk} looks after request ${requestId} already`);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.request.desk_taken.v1',
    data: { host: org, requestId, from, to: desk, by: actor.id, note },
  });
  return draft.done();
};

/** Another desk of the donor or of the host takes the deployment over, for its own side. */
export const decideDeploymentDesk = (
  org: string,
  body: CommandBody<'deployment-desk-take'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { deploymentId, status } = deployment;
  if (status === 'CLOSED')
    return refuse(
      'wrong-status',
      `deployment ${deploymentId} is closed, and no desk looks after it any more`,
    );
  const { desk, note, actor } = body;
  const side = sideOf(org, deployment);
  const from = deploymentDesk(deployment, side, view);
  if (from === desk) return refuse('wrong-status', `${desk} looks after deployment ${deploymentId} already`);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.desk_taken.v1',
    data: { ...namedIn(deployment), side, from, to: desk, by: actor.id, note },
  });
  return draft.done();
};

/** Anyone who may see the deployment asks where its units are. */
export const decideStatusRequest = (
  org: string,
  { donor, deploymentId, note }: CommandBody<'status-request'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = view.deployment(donor, deploymentId);
  if (!deployment || !maySee(org, { donor, host: deployment.host })) {
    return refuse('not-found', `${org} may see no deployment ${deploymentId} of ${donor}`);
  }
  if (isHome(deployment.status)) {
    return refuse(
      'wrong-status',
      `the units of deployment ${deploymentId} are home; there is nothing to report`,
    );
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.status_requested.v1',
    data: { ...namedIn(deployment), askedBy: org, ...(note !== undefined && { note }) },
  });
  return draft.done();
};

import { type CommandBody, type DeploymentStatus, isRefusal, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { closeIfDone } from '../request/ending.ts';
import { closeAborted } from './ending.ts';
import { awaitingNext } from './next.ts';
import { badTime, COMMITTED_TO_ON_TASK, findDeployment, wrongStatus } from './parties.ts';
import { statusWords } from './words.ts';

type ReportedStatus = CommandBody<'deployment-status'>['status'];

/** From which statuses a reported one may follow. A repeated status brings a newer position or time. */
const MAY_FOLLOW: Readonly<Record<ReportedStatus, readonly DeploymentStatus[]>> = {
  MOBILISING: ['COMMITTED', 'MOBILISING'],
  EN_ROUTE: ['MOBILISING', 'EN_ROUTE'],
  STAGED: ['EN_ROUTE', 'STAGED'],
  ON_TASK: ['EN_ROUTE', 'STAGED', 'ON_TASK'],
  RETURNING: ['RELEASED', 'RETURNING'],
};

/** What the host may report too, since the units report to it. */
const SEEN_BY_HOST: readonly ReportedStatus[] = ['STAGED', 'ON_TASK'];

/** Units that are recalled may be let go like others. */
const RELEASABLE: readonly DeploymentStatus[] = [...COMMITTED_TO_ON_TASK, 'RECALL_PENDING'];

const RETURNABLE: readonly DeploymentStatus[] = ['RELEASED', 'RETURNING', 'ABORTED'];

/** Says where the units are. */
export const decideStatus = (
  org: string,
  body: CommandBody<'deployment-status'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { status, at, eta, headcount, position, duty } = body;
  if (org !== deployment.donor && !SEEN_BY_HOST.includes(status)) {
    return refuse(
      'not-permitted',
      `only ${deployment.donor} reports its units ${statusWords(status)}; ask it for its status`,
    );
  }
  // Units that are recalled are still somewhere: to refuse the report would hide where.
  const reached = deployment.recall?.before ?? deployment;
  if (!MAY_FOLLOW[status].includes(reached.status)) return wrongStatus(deployment, status);
  const fault = badTime(at, reached.since, now);
  if (fault) return fault;
  const draft = startDraft(view, now);
  const { donor, deploymentId, host } = deployment;
  draft.emit({
    type: 'muster.deployment.status.v1',
    data: { donor, deploymentId, host, status, at, eta, headcount, position, ...(duty && { duty }) },
  });
  return draft.done();
};

/** The host sends the units home; they stay taken until the donor reports their return. */
export const decideRelease = (
  org: string,
  body: CommandBody<'deployment-release'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { donor, deploymentId, host, capabilityId, bookingId, token } = deployment;
  if (org !== host) return refuse('not-permitted', `only the host ${host} releases the units`);
  if (!RELEASABLE.includes(deployment.status)) return wrongStatus(deployment, 'RELEASED');
  const { reasonCode } = body;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.resource.released.v1',
    data: { donor, deploymentId, host, releasedAt: now, reasonCode, to: 'origin' },
  });
  draft.change(donor, capabilityId, { kind: 'released', bookingId, token, reasonCode });
  return draft.done();
};

/** The donor has its units back: they are free from then on. */
export const decideReturn = (
  org: string,
  body: CommandBody<'deployment-return'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { donor, deploymentId, host, requestId, capabilityId, bookingId, token, status } = deployment;
  if (org !== donor) return refuse('not-permitted', `only ${donor} reports its units returned`);
  if (!RETURNABLE.includes(status)) return wrongStatus(deployment, 'RETURNED');
  const { at, headcount, injuries, welfareReferral, remarks } = body;
  const welfare =
    injuries === undefined || welfareReferral === undefined
      ? { injuries: 0, welfareReferral: false, welfareOpen: true as const }
      : { injuries, welfareReferral };
  const fault = badTime(at, deployment.since, now);
  if (fault) return fault;
  const next = awaitingNext(view.bookings(donor, capabilityId), bookingId);
  if (next) {
    const because = `its units are promised to a next assignment, ${next.bookingId}`;
    return refuse('wrong-status', `${because}; refuse that first if they have come home`);
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.returned.v1',
    data: { donor, deploymentId, host, at, headcount, ...welfare, remarks },
  });
  draft.change(donor, capabilityId, { kind: 'returned', bookingId, token, at });
  if (status === 'ABORTED' && !('welfareOpen' in welfare)) closeAborted(draft, deployment);
  closeIfDone(draft, { host, requestId });
  return draft.done();
};

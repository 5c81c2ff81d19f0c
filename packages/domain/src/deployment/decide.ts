import {
  CLOCK_SKEW_MS_MAX,
  type CommandBody,
  type DeploymentStatus,
  isRefusal,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { closeIfDone } from '../request/ending.ts';
import { addMs } from '../time/instants.ts';
import type { DeploymentState } from './state.ts';

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

const RELEASABLE: readonly DeploymentStatus[] = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'];

type Name = { donor: string; deploymentId: string };

/** The deployment, for its donor and its host only. */
const find = (org: string, { donor, deploymentId }: Name, view: LedgerView): DeploymentState | Refusal => {
  const deployment = view.deployment(donor, deploymentId);
  return deployment && (org === deployment.donor || org === deployment.host)
    ? deployment
    : refuse('not-found', `${org} takes part in no deployment ${deploymentId} of ${donor}`);
};

const wrongStatus = ({ deploymentId, status }: DeploymentState, to: string): Refusal =>
  refuse('wrong-status', `deployment ${deploymentId} is ${status} and cannot become ${to}`);

/** A time of something that happened: not ahead of our clock, and not before `after`, give or take the clocks. */
const badTime = (at: string, after: string, now: string): Refusal | undefined => {
  const because =
    at > addMs(now, CLOCK_SKEW_MS_MAX)
      ? `lies in the future (it is ${now})`
      : at < addMs(after, -CLOCK_SKEW_MS_MAX)
        ? `lies before what went before (${after})`
        : undefined;
  return because ? refuse('bad-time', `at ${because}`, [{ path: 'at', because }]) : undefined;
};

/** Says where the units are. */
export const decideStatus = (
  org: string,
  body: CommandBody<'deployment-status'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = find(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { status, at, eta, headcount, position } = body;
  if (org !== deployment.donor && !SEEN_BY_HOST.includes(status)) {
    return refuse('not-permitted', `only ${deployment.donor} reports ${status}`);
  }
  if (!MAY_FOLLOW[status].includes(deployment.status)) return wrongStatus(deployment, status);
  const fault = badTime(at, deployment.since, now);
  if (fault) return fault;
  const draft = startDraft(view, now);
  const { donor, deploymentId, host } = deployment;
  draft.emit({
    type: 'muster.deployment.status.v1',
    data: { donor, deploymentId, host, status, at, eta, headcount, position },
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
  const deployment = find(org, body, view);
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
  const deployment = find(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { donor, deploymentId, host, requestId, capabilityId, bookingId, token, status } = deployment;
  if (org !== donor) return refuse('not-permitted', `only ${donor} reports its units returned`);
  if (status !== 'RELEASED' && status !== 'RETURNING') return wrongStatus(deployment, 'RETURNED');
  const { at, headcount, injuries, welfareReferral, remarks } = body;
  const fault = badTime(at, deployment.since, now);
  if (fault) return fault;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.returned.v1',
    data: { donor, deploymentId, host, at, headcount, injuries, welfareReferral, remarks },
  });
  draft.change(donor, capabilityId, { kind: 'returned', bookingId, token, at });
  closeIfDone(draft, { host, requestId });
  return draft.done();
};

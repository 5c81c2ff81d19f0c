import {
  CLOCK_SKEW_MS_MAX,
  type DeploymentSide,
  type DeploymentStatus,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import { addMs } from '../time/instants.ts';
import type { DeploymentState } from './state.ts';

export type DeploymentName = { donor: string; deploymentId: string };

/** The deployment, for its donor and its host only. */
export const findDeployment = (
  org: string,
  { donor, deploymentId }: DeploymentName,
  view: LedgerView,
): DeploymentState | Refusal => {
  const deployment = view.deployment(donor, deploymentId);
  return deployment && (org === deployment.donor || org === deployment.host)
    ? deployment
    : refuse('not-found', `${org} takes part in no deployment ${deploymentId} of ${donor}`);
};

/** The side on which a party of the deployment stands. */
export const sideOf = (org: string, { donor }: DeploymentState): DeploymentSide =>
  org === donor ? 'donor' : 'host';

/** The three parts of a name that every event of a deployment carries. */
export const namedIn = ({ donor, deploymentId, host }: DeploymentState) => ({ donor, deploymentId, host });

export const wrongStatus = ({ deploymentId, status }: DeploymentState, to: string): Refusal =>
  refuse('wrong-status', `deployment ${deploymentId} is ${status} and cannot become ${to}`);

/** Where units of a commitment can be before their task ends. */
export const COMMITTED_TO_ON_TASK: readonly DeploymentStatus[] = [
  'COMMITTED',
  'MOBILISING',
  'EN_ROUTE',
  'STAGED',
  'ON_TASK',
];

/** Where units can be before they have come to their task. */
export const COMMITTED_TO_STAGED: readonly DeploymentStatus[] = COMMITTED_TO_ON_TASK.slice(0, -1);

/** Statuses after which nothing more can happen to the units. */
export const ENDED: readonly DeploymentStatus[] = ['RETURNED', 'CLOSED'];

/** A time of something that happened: not ahead of our clock, and not before `after`, give or take the clocks. */
export const badTime = (at: string, after: string, now: string): Refusal | undefined => {
  const because =
    at > addMs(now, CLOCK_SKEW_MS_MAX)
      ? `lies in the future (it is ${now})`
      : at < addMs(after, -CLOCK_SKEW_MS_MAX)
        ? `lies before what went before (${after})`
        : undefined;
  return because ? refuse('bad-time', `at ${because}`, [{ path: 'at', because }]) : undefined;
};

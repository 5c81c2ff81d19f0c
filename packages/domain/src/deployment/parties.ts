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
import { nextWords, statusWords } from './words.ts';

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
    : refuse(
        'not-found',
        `${org} takes part in no deployment ${deploymentId} of ${donor}; look for the right one in its list of deployments`,
      );
};

/** The side on which a party of the deployment stands. */
export const sideOf = (org: string, { donor }: DeploymentState): DeploymentSide =>
  org === donor ? 'donor' : 'host';

/** The three parts of a name that every event of a deployment carries. */
export const namedIn = ({ donor, deploymentId, host }: DeploymentState) => ({ donor, deploymentId, host });

/** Refuses a step that the units cannot take from where they are; `step` is what cannot be, as `extended`. */
export const wrongStatus = (
  { deploymentId, status, quantity, donor }: DeploymentState,
  step: DeploymentStatus | 'extended',
): Refusal => {
  const what = step === 'extended' ? step : STEPS[step];
  const units = `the ${quantity} of ${donor} (deployment ${deploymentId})`;
  return refuse(
    'wrong-status',
    `${units} are ${statusWords(status)} and cannot be ${what} now; ${nextWords(status)}`,
  );
};

/** What a step makes of the units, for people. */
const STEPS: Readonly<Record<DeploymentStatus, string>> = {
  COMMITTED: 'committed',
  MOBILISING: 'reported mobilising',
  EN_ROUTE: 'reported en route',
  STAGED: 'reported staged',
  ON_TASK: 'reported on task',
  RECALL_PENDING: 'recalled',
  RELEASED: 'released',
  RETURNING: 'reported returning',
  RETURNED: 'reported home',
  ABORTED: 'called off',
  CLOSED: 'closed',
};

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

/** Whether the units are home: what they cost is known, and may be claimed. */
export const isHome = (status: DeploymentStatus | undefined): boolean =>
  status !== undefined && ENDED.includes(status);

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

import type { DeploymentStatus } from '@muster/contracts';

/** Where the units of a deployment are, for people. */
const WORDS: Readonly<Record<DeploymentStatus, string>> = {
  COMMITTED: 'committed',
  MOBILISING: 'mobilising',
  EN_ROUTE: 'en route',
  STAGED: 'staged',
  ON_TASK: 'on task',
  RECALL_PENDING: 'on task and wanted back by their force',
  RELEASED: 'released',
  RETURNING: 'on their way home',
  RETURNED: 'home',
  ABORTED: 'called off',
  CLOSED: 'home, and the deployment is closed',
};

/** What comes next for units that are there, by whom. */
const NEXT: Readonly<Record<DeploymentStatus, string>> = {
  COMMITTED: 'their force reports them mobilising next',
  MOBILISING: 'their force reports them en route next',
  EN_ROUTE: 'they are reported staged or on task next',
  STAGED: 'they are reported on task next',
  ON_TASK: 'their host releases them next',
  RECALL_PENDING: 'their host answers the recall next',
  RELEASED: 'their force reports them returning or home next',
  RETURNING: 'their force reports them home next',
  RETURNED: 'host and donor debrief next',
  ABORTED: 'their force reports them home next',
  CLOSED: 'nothing is to be done',
};

export const statusWords = (status: DeploymentStatus): string => WORDS[status];

export const nextWords = (status: DeploymentStatus): string => NEXT[status];

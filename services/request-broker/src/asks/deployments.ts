import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { type DeploymentState, deploymentViewOf, type Ledger, maySeeDeployment } from '@muster/domain';
import { pageOf } from './pages.ts';

const keyOf = (row: DeploymentState): string => `${row.from}/${row.donor}/${row.deploymentId}`;

/** Deployments in which the organisation takes part, as host or donor, or that it looks after; latest first. */
export const askDeployments = (
  ledger: Ledger,
  query: ParsedQuery<'deployment-list'>,
  org: string,
  now: string,
): AskAnswer<'deployment-list'> => {
  const fits = (row: DeploymentState): boolean =>
    maySeeDeployment(org, row) &&
    (query.status === undefined || row.status === query.status) &&
    (query.host === undefined || row.host === query.host) &&
    (query.donor === undefined || row.donor === query.donor);
  const page = pageOf(Iterator.from(ledger.deployments()).filter(fits), keyOf, query);
  return { ...page, items: page.items.map((row) => deploymentViewOf(ledger, row, now)) };
};

/** One deployment; one that may not be seen is answered as if there were none. */
export const askDeployment = (
  ledger: Ledger,
  { donor, deploymentId }: ParsedQuery<'deployment-show'>,
  org: string,
  now: string,
): AskAnswer<'deployment-show'> | Refusal => {
  const row = ledger.view.deployment(donor, deploymentId);
  if (row && maySeeDeployment(org, row)) return deploymentViewOf(ledger, row, now);
  return refuse('not-found', `there is no deployment ${deploymentId} of ${donor} that ${org} may see`);
};

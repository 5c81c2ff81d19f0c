import type { AskAnswer, DeploymentView, ParsedQuery } from '@muster/contracts';
import { type DeploymentState, deploymentDesk, type Ledger, maySee } from '@muster/domain';
import { pageOf } from './pages.ts';

const keyOf = (row: DeploymentState): string => `${row.from}/${row.donor}/${row.deploymentId}`;

const mattersOf = (ledger: Ledger, row: DeploymentState) => ({
  control: row.control,
  ...(row.recall && { recall: row.recall }),
  ...(row.earlyEnd && { earlyEnd: row.earlyEnd }),
  desks: {
    host: deploymentDesk(row, 'host', ledger.view),
    donor: deploymentDesk(row, 'donor', ledger.view),
  },
  debriefed: [...row.debriefed],
  ...(row.statusAsked && { statusAsked: row.statusAsked }),
});

const viewOf = (ledger: Ledger, row: DeploymentState): DeploymentView => ({
  donor: row.donor,
  deploymentId: row.deploymentId,
  host: row.host,
  requestId: row.requestId,
  lineId: row.lineId,
  capabilityId: row.capabilityId,
  quantity: row.quantity,
  from: row.from,
  to: row.to,
  token: row.token,
  status: row.status,
  since: row.since,
  ...mattersOf(ledger, row),
});

/** Deployments in which the organisation takes part, as host or donor, or that it looks after; latest first. */
export const askDeployments = (
  ledger: Ledger,
  query: ParsedQuery<'deployment-list'>,
  org: string,
): AskAnswer<'deployment-list'> => {
  const fits = (row: DeploymentState): boolean =>
    maySee(org, { host: row.host, donor: row.donor }) &&
    (query.status === undefined || row.status === query.status) &&
    (query.host === undefined || row.host === query.host) &&
    (query.donor === undefined || row.donor === query.donor);
  const page = pageOf(Iterator.from(ledger.deployments()).filter(fits), keyOf, query);
  return { ...page, items: page.items.map((row) => viewOf(ledger, row)) };
};

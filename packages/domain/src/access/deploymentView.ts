import type { DeploymentView } from '@muster/contracts';
import { deploymentDesk } from '../deployment/desk.ts';
import { isHome } from '../deployment/parties.ts';
import type { DeploymentState } from '../deployment/state.ts';
import { tiredAt } from '../duty/check.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { maySee } from './visibility.ts';

/** Whether the organisation takes part in the deployment, as host or donor, or looks after one that does. */
export const maySeeDeployment = (org: string, { host, donor }: DeploymentState): boolean =>
  maySee(org, { host, donor });

/** The rules of working time that units break at this moment; those that are home break none. */
const tiredNow = ({ duty, status }: DeploymentState, now: string): string[] =>
  isHome(status) ? [] : tiredAt(duty, now).map(({ rule, because }) => `${rule}: ${because}`);

const mattersOf = (ledger: Ledger, row: DeploymentState, now: string) => ({
  isOver: isHome(row.status),
  control: row.control,
  ...(row.recall && { recall: row.recall }),
  ...(row.earlyEnd && { earlyEnd: row.earlyEnd }),
  desks: {
    host: deploymentDesk(row, 'host', ledger.view),
    donor: deploymentDesk(row, 'donor', ledger.view),
  },
  debriefed: [...row.debriefed],
  ...(row.extension && { extension: row.extension }),
  ...(row.welfare && { welfare: row.welfare }),
  ...(row.secondment && { secondment: row.secondment }),
  ...(row.duty && { duty: row.duty, dutyBreaches: tiredNow(row, now) }),
  ...(row.continues && { continues: row.continues }),
  ...(row.handedOn && { handedOn: row.handedOn }),
  ...(row.statusAsked && { statusAsked: row.statusAsked }),
});

const codeOf = (
  ledger: Ledger,
  { host, requestId, lineId }: DeploymentState,
): { capabilityCode?: string } => {
  const line = ledger.view.request(host, requestId)?.lines.find((each) => each.lineId === lineId);
  return line === undefined ? {} : { capabilityCode: line.capabilityCode };
};

/** A deployment as those who may see it see it. */
export const deploymentViewOf = (ledger: Ledger, row: DeploymentState, now: string): DeploymentView => ({
  donor: row.donor,
  deploymentId: row.deploymentId,
  host: row.host,
  requestId: row.requestId,
  lineId: row.lineId,
  capabilityId: row.capabilityId,
  ...codeOf(ledger, row),
  quantity: row.quantity,
  from: row.from,
  to: row.to,
  token: row.token,
  status: row.status,
  since: row.since,
  ...mattersOf(ledger, row, now),
});

import type { ClaimState } from '../claim/state.ts';
import { isUnpaid } from '../deployment/debrief.ts';
import { isHome } from '../deployment/parties.ts';
import type { DeploymentState } from '../deployment/state.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { Waiting } from './waiting.ts';

/** What a claim waits for at each status while it is open, and which side. */
const NEXT = {
  ESTIMATED: { kind: 'record-costs', side: 'donor' },
  ACCRUING: { kind: 'submit-claim', side: 'donor' },
  SUBMITTED: { kind: 'judge-claim', side: 'host' },
  QUERIED: { kind: 'answer-claim', side: 'donor' },
  AGREED: { kind: 'pay-claim', side: 'host' },
} as const satisfies Partial<Record<ClaimState['status'], { kind: Waiting['kind']; side: 'donor' | 'host' }>>;

/**
 * Everything that a claim waits for, and whom.
 * @param units what is claimed for; until they are home nothing can be claimed.
 */
export const claimWaits = (
  claim: ClaimState,
  units: Pick<DeploymentState, 'status'> | undefined,
): Waiting[] => {
  const { donor, host, status, totalPence, round, query, checkedBy, waiver, dueBy: by, since } = claim;
  if (status === 'PAID' || status === 'WAIVED') return [];
  const { kind, side } = NEXT[status];
  const money = `£${(totalPence / 100).toFixed(2)} of ${donor} from ${host}`;
  const asked = query ? `, asked: ${query.reason}` : '';
  const seen = checkedBy === undefined ? '' : `, checked by ${checkedBy}`;
  const next = { kind, waitsFor: [claim[side]], lineIds: [], by, round: `${round} ${since}` };
  const isEarly = kind === 'submit-claim' && !isHome(units?.status);
  const waits: Waiting[] = isEarly ? [] : [{ ...next, about: `${money}${asked}${seen}` }];
  if (waiver) {
    const about = `${waiver.by} would do without ${money} (${waiver.basis})`;
    const waitsFor = [waiver.by === donor ? host : donor];
    waits.push({ kind: 'agree-waiver', waitsFor, lineIds: [], about, round: waiver.basis });
  }
  return waits;
};

/** Units are home and nobody has opened a claim for them, although they are not lent for nothing. */
export const estimateWaits = (
  deployment: DeploymentState,
  view: Pick<LedgerView, 'claim' | 'request'>,
): Waiting[] => {
  const { donor, deploymentId, host, lineId, status, quantity, capabilityId } = deployment;
  if (status !== 'RETURNED' || view.claim(donor, deploymentId) || isUnpaid(view, deployment)) return [];
  const about = `what ${quantity} of ${donor} ${capabilityId} cost ${host}`;
  return [{ kind: 'estimate-costs', waitsFor: [donor], lineIds: [lineId], about }];
};

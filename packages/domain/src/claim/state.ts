import type { ClaimLine, ClaimStatus, EventData } from '@muster/contracts';

type Estimated = EventData<'muster.cost.estimated.v1'>;

/** What one side has proposed that the other has not agreed to. */
export type ProposedWaiver = { basis: 'payback' | 'nil-charge'; by: string };

/** The claim for one deployment, under the deployment's id. */
export type ClaimState = Pick<Estimated, 'donor' | 'claimId' | 'host' | 'requestId' | 'costCategory'> & {
  status: ClaimStatus;
  /** When the status began. */
  since: string;
  estimatePence: number;
  /** The estimate's lines while ESTIMATED, after that what is recorded or claimed. */
  lines: readonly ClaimLine[];
  totalPence: number;
  /** How often it has been claimed. */
  round: number;
  /** Only while QUERIED. */
  query?: { reason: string; lineIds: readonly string[]; by: string } | undefined;
  /** Posts of the host that have queried it. */
  queriedBy: readonly string[];
  /** Post of the host that has checked what is claimed now. */
  checkedBy?: string | undefined;
  waiver?: ProposedWaiver | undefined;
  /** By when the next step is due; none once nothing is. */
  dueBy?: string | undefined;
  /** It was told that the step did not come in time. */
  isOverdue: boolean;
};

export const isOpen = ({ status }: ClaimState): boolean => status !== 'PAID' && status !== 'WAIVED';

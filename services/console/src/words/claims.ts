import type { ClaimView } from '@muster/contracts';
import type { TagColour } from '../parts/tag.tsx';

type Status = ClaimView['status'];

/** Stages of a claim in the order in which it goes through them. */
export const CLAIM_STATUS_WORDS: Readonly<Record<Status, { words: string; colour: TagColour }>> = {
  ESTIMATED: { words: 'Estimated', colour: 'grey' },
  ACCRUING: { words: 'Costs recorded', colour: 'blue' },
  SUBMITTED: { words: 'Submitted', colour: 'yellow' },
  QUERIED: { words: 'Queried', colour: 'orange' },
  AGREED: { words: 'Agreed, to be paid', colour: 'purple' },
  PAID: { words: 'Paid', colour: 'green' },
  WAIVED: { words: 'Waived', colour: 'grey' },
};

export const CLAIM_STATUSES_IN_ORDER = Object.keys(CLAIM_STATUS_WORDS) as Status[];

import type { ClaimEvent } from '@muster/domain';

/** `muster.claim.agreed.v1` as people read it: `claim.agreed`. */
export const stepOf = ({ type }: ClaimEvent): string => type.replace(/^muster\./, '').replace(/\.v\d+$/, '');

/** What a step of a claim says beyond its kind, in words. */
export const wordsOf = (event: ClaimEvent): string => {
  switch (event.type) {
    case 'muster.cost.estimated.v1':
    case 'muster.cost.recorded.v1':
      return event.data.lines.map(({ lineId }) => lineId).join(', ');
    case 'muster.claim.submitted.v1':
      return event.data.answer ?? '';
    case 'muster.claim.queried.v1': {
      const { lineIds, reason } = event.data;
      return lineIds.length === 0 ? reason : `${lineIds.join(', ')}: ${reason}`;
    }
    case 'muster.claim.agreed.v1':
      return `checked by ${event.data.checkedBy}`;
    case 'muster.claim.paid.v1':
      return `${event.data.paymentRef}, paid at ${event.data.paidAt}`;
    case 'muster.claim.waiver_proposed.v1':
    case 'muster.claim.waived.v1':
      return `${event.data.basis}: ${event.data.reason}`;
    case 'muster.claim.overdue.v1':
      return `${event.data.status} since before ${event.data.dueBy}`;
    case 'muster.claim.checked.v1':
      return '';
  }
};

/** The amount that a step is about, in pence. */
export const penceOf = (event: ClaimEvent): number | undefined => {
  if ('totalPence' in event.data) return event.data.totalPence;
  return 'amountPence' in event.data ? event.data.amountPence : undefined;
};

/** On what a decision about money rests: a delegation by its id, or the rule. */
export const basisOf = (event: ClaimEvent): string => {
  if (!('approval' in event.data)) return '';
  const { approval } = event.data;
  return approval.basis === 'person' ? `delegation ${approval.delegationId}` : approval.policy;
};

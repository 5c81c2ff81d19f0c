import {
  claimAgreed,
  claimChecked,
  claimOverdue,
  claimPaid,
  claimQueried,
  claimSubmitted,
  claimWaived,
  claimWaiverProposed,
  costEstimated,
  costRecorded,
} from '../claim/v1.ts';
import type { Aggregate } from '../subjects.ts';
import { row, toHost } from './row.ts';

const claim = ({ donor, claimId }: { donor: string; claimId: string }): Aggregate => ({
  kind: 'claim',
  owner: donor,
  id: claimId,
});

const ofClaim = { stream: 'ASSISTANCE', aggregate: claim, addressee: toHost } as const;
const finance = { actors: ['finance'], edxl: 'none' } as const;

/** The money side of a deployment. */
export const CLAIM_EVENTS = {
  'muster.cost.estimated.v1': row({
    ...ofClaim,
    schema: costEstimated,
    token: 'cost-estimated',
    actors: ['finance'],
    edxl: 'PriceQuote',
    about: 'The donor says what it expects a deployment to cost; its claim is open.',
  }),
  'muster.cost.recorded.v1': row({
    ...ofClaim,
    schema: costRecorded,
    token: 'cost-recorded',
    actors: ['finance'],
    edxl: 'Funding',
    about: 'Costs of a deployment that have come up.',
  }),
  'muster.claim.submitted.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimSubmitted,
    token: 'submitted',
    about: 'The donor claims its costs, or answers a query by claiming anew.',
  }),
  'muster.claim.checked.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimChecked,
    token: 'checked',
    about: 'A post of the host has checked a claim; another one may agree to it.',
  }),
  'muster.claim.queried.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimQueried,
    token: 'queried',
    about: 'The host asks about a claim before it agrees.',
  }),
  'muster.claim.agreed.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimAgreed,
    token: 'agreed',
    about: 'A second post of the host agrees to pay a claim.',
  }),
  'muster.claim.paid.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimPaid,
    token: 'paid',
    about: 'The host has paid an agreed claim.',
  }),
  'muster.claim.waiver_proposed.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimWaiverProposed,
    token: 'waiver-proposed',
    about: 'One side would do without the money.',
  }),
  'muster.claim.waived.v1': row({
    ...ofClaim,
    ...finance,
    schema: claimWaived,
    token: 'waived',
    about: 'Both sides have said that nothing is paid.',
  }),
  'muster.claim.overdue.v1': row({
    ...ofClaim,
    schema: claimOverdue,
    token: 'overdue',
    actors: ['broker'],
    edxl: 'none',
    about: 'The next step of a claim has not come in time.',
  }),
};

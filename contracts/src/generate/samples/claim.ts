import type { CLAIM_EVENTS } from '../../table/claim.ts';
import { DONOR, HOST, OFFER_ID, REQUEST_ID } from './common.ts';
import type { SamplesOf } from './samples.ts';

const ofClaim = { donor: DONOR, claimId: OFFER_ID, host: HOST };
const LINES = [
  {
    lineId: 'overtime',
    category: 'overtime' as const,
    hours: 36.5,
    rateRef: 'Essex rates 2026, sergeant',
    amountPence: 164_250,
    evidenceRef: 'duty sheet 4471',
  },
];
const totalPence = 164_250;
const dueBy = '2026-12-28T09:00:00.000Z';
const approval = { basis: 'person' as const, delegationId: 'del-20261101-02' };
const policy = { basis: 'policy' as const, policy: 'finance desk decides' };
const waiver = { basis: 'payback' as const, reason: 'Paid back in March', totalPence };

export const claimSamples: SamplesOf<keyof typeof CLAIM_EVENTS> = {
  'muster.cost.estimated.v1': [
    {
      data: {
        ...{ ...ofClaim, requestId: REQUEST_ID, costCategory: 'SPECIALIST_STAFF', lines: LINES },
        ...{ totalPence, estimatedBy: 'finance-1', dueBy },
      },
    },
  ],
  'muster.cost.recorded.v1': [
    { data: { ...ofClaim, lines: LINES, totalPence, recordedBy: 'finance-1', dueBy } },
  ],
  'muster.claim.submitted.v1': [
    {
      data: {
        ...{ ...ofClaim, round: 2, lines: LINES, totalPence, submittedBy: 'finance-1', approval },
        ...{ answer: 'The sheet is enclosed', dueBy },
      },
    },
    {
      variant: 'policy',
      data: {
        ...{ ...ofClaim, round: 1, lines: LINES, totalPence, submittedBy: 'finance-1', dueBy },
        approval: policy,
      },
    },
  ],
  'muster.claim.checked.v1': [{ data: { ...ofClaim, round: 2, totalPence, checkedBy: 'finance-7' } }],
  'muster.claim.queried.v1': [
    {
      data: {
        ...{ ...ofClaim, round: 1, reason: 'Which duty sheet?', lineIds: ['overtime'] },
        ...{ queriedBy: 'finance-7', dueBy },
      },
    },
  ],
  'muster.claim.agreed.v1': [
    {
      data: {
        ...{ ...ofClaim, round: 2, totalPence, checkedBy: 'finance-7', agreedBy: 'finance-lead' },
        ...{ approval, dueBy },
      },
    },
  ],
  'muster.claim.paid.v1': [
    {
      data: {
        ...{ ...ofClaim, amountPence: totalPence, paidAt: '2026-12-20T10:00:00.000Z' },
        ...{ paymentRef: 'BACS 20261220-118', paidBy: 'payments' },
      },
    },
  ],
  'muster.claim.waiver_proposed.v1': [
    { data: { ...ofClaim, ...waiver, approval, proposedBy: DONOR, post: 'finance-lead' } },
  ],
  'muster.claim.waived.v1': [
    {
      data: {
        ...{ ...ofClaim, ...waiver, approval: policy, proposedBy: DONOR, agreedBy: HOST },
        post: 'finance-lead',
      },
    },
  ],
  'muster.claim.overdue.v1': [{ data: { ...ofClaim, status: 'SUBMITTED', dueBy } }],
};

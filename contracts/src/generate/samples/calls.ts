import type { CALL_EVENTS } from '../../table/call.ts';
import {
  APPROVAL,
  CAPABILITY_ID,
  CODE,
  CONFIRM_BY,
  DONOR,
  FROM,
  LINE_ID,
  OFFER_ID,
  ofOffer,
  ofRequest,
  TO,
  TOKEN,
} from './common.ts';
import type { SamplesOf } from './samples.ts';

const PLAN_ID = 'plan-4f1c09d2';

const called = {
  ...ofOffer,
  capabilityId: CAPABILITY_ID,
  capabilityCode: CODE,
  quantity: 2,
  from: FROM,
  to: TO,
  token: TOKEN,
  confirmBy: CONFIRM_BY,
  estimatedArrival: FROM,
  costCategory: 'EMERGENCY_SPONTANEOUS',
  approval: APPROVAL,
} as const;

const ofAssignment = {
  ...ofRequest,
  lineId: LINE_ID,
  donor: DONOR,
  capabilityId: CAPABILITY_ID,
  quantity: 2,
};

export const callSamples: SamplesOf<keyof typeof CALL_EVENTS> = {
  'muster.offer.called.v1': [
    {
      data: {
        ...called,
        legalBasis: 'PA96-S24',
        because: { kind: 'plan', planId: PLAN_ID, policyVersion: '2' },
      },
    },
    {
      variant: 'direction',
      data: {
        ...called,
        legalBasis: 'DIRECTED',
        because: {
          kind: 'direction',
          instrument: 'PA96-S24-2',
          signedBy: 'npocc-gold',
          scope: 'Two teams for the control room of the host, until the twenty-sixth',
        },
      },
    },
    {
      variant: 'agreement',
      data: {
        ...called,
        legalBasis: 'PA96-S24',
        because: {
          kind: 'agreement',
          agreedAt: '2026-11-22T21:10:00.000Z',
          agreedWith: 'essex-duty-super',
          means: 'phone',
        },
      },
    },
  ],
  'muster.plan.approved.v1': [
    {
      data: {
        ...ofRequest,
        planId: PLAN_ID,
        basedOnSeq: 4_711,
        policyVersion: '2',
        approvedBy: { org: 'npocc', role: 'national-centre', post: 'npocc-duty-desk' },
        rationale: 'Nearest that leaves every donor above its floor',
        assignments: [{ ...ofAssignment, offerId: OFFER_ID }],
      },
    },
  ],
  'muster.direction.recorded.v1': [
    {
      data: {
        ...ofAssignment,
        instrument: 'PA96-S24-2',
        signedBy: 'npocc-gold',
        scope: 'Two teams for the control room of the host, until the twenty-sixth',
        reason: 'No force offered before the second night',
      },
    },
  ],
};

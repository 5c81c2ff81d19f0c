import type { EventData, EventType } from '../../registry.ts';
import {
  ANSWER_BY,
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
  PLACE,
  TO,
  TOKEN,
} from './common.ts';
import type { SamplesOf } from './samples.ts';

export const lines: EventData<'muster.request.submitted.v1'>['lines'] = [
  {
    lineId: LINE_ID,
    capabilityCode: CODE,
    quantity: 4,
    minimumQuantity: 2,
    from: FROM,
    to: TO,
    reportTo: PLACE,
    accreditations: ['CYBER-FIRST-RESPONDER'],
    function: 'Triage of encrypted servers',
  },
];

export const terms: EventData<'muster.request.submitted.v1'>['terms'] = {
  urgency: 'IMMEDIATE',
  threatCategory: 'CYBER',
  legalBasis: 'PA96-S24',
  costCategory: 'EMERGENCY_SPONTANEOUS',
  specialDemandReason: 'Ransomware has stopped the control room – “gold” declared',
  incident: { ref: 'KT-2026-118', category: 'ransomware' },
  contactDesk: 'kent-force-control',
};

const ofCommitment = { ...ofOffer, capabilityId: CAPABILITY_ID, token: TOKEN, homeVersion: 9 };

export const requestSamples = {
  'muster.request.submitted.v1': [
    {
      data: { ...ofRequest, lines, terms, answerBy: ANSWER_BY, confirmWithinMinutes: 30, approval: APPROVAL },
    },
  ],
  'muster.request.issued.v1': [
    {
      data: {
        ...ofRequest,
        tier: 2,
        recipients: [
          { force: DONOR, lineIds: [LINE_ID] },
          { force: 'surrey', lineIds: [LINE_ID] },
        ],
        answerBy: ANSWER_BY,
      },
    },
  ],
  'muster.request.notice.v1': [
    {
      variant: 'issued',
      data: { ...ofRequest, force: DONOR, notice: { kind: 'issued', lines, terms, answerBy: ANSWER_BY } },
    },
    {
      variant: 'answer-time-expired',
      data: { ...ofRequest, force: DONOR, notice: { kind: 'answer-time-expired', lineIds: [LINE_ID] } },
    },
    {
      variant: 'cancelled',
      data: { ...ofRequest, force: DONOR, notice: { kind: 'cancelled', reasonCode: 'resolved' } },
    },
    { variant: 'expired', data: { ...ofRequest, force: DONOR, notice: { kind: 'expired' } } },
    { variant: 'closed', data: { ...ofRequest, force: DONOR, notice: { kind: 'closed' } } },
  ],
  'muster.request.answer_time_expired.v1': [
    { data: { ...ofRequest, silent: [{ force: 'surrey', lineIds: [LINE_ID] }] } },
    { variant: 'all-answered', data: { ...ofRequest, silent: [] } },
  ],
  'muster.request.cancelled.v1': [
    { data: { ...ofRequest, reasonCode: 'resolved', reason: 'The servers are up again' } },
  ],
  'muster.request.expired.v1': [{ data: { ...ofRequest } }],
  'muster.request.closed.v1': [{ data: { ...ofRequest } }],
  'muster.offer.made.v1': [
    {
      data: {
        ...ofOffer,
        capabilityId: CAPABILITY_ID,
        capabilityCode: CODE,
        quantity: 2,
        availableFrom: FROM,
        availableTo: TO,
        estimatedArrival: '2026-11-23T07:15:00.000Z',
        costEstimate: { amountPence: 412_500, basis: 'NPCC rates 2026' },
        remarks: 'Own vehicle and imaging kit',
        approval: APPROVAL,
      },
    },
    {
      variant: 'delegated',
      data: {
        ...ofOffer,
        capabilityId: CAPABILITY_ID,
        capabilityCode: CODE,
        quantity: 4,
        availableFrom: FROM,
        availableTo: TO,
        estimatedArrival: '2026-11-23T07:15:00.000Z',
        approval: {
          basis: 'delegated',
          post: 'essex-duty-acc',
          role: 'donor-approver',
          org: DONOR,
          delegationId: 'del-2026-11',
          at: '2026-11-22T20:40:00.000Z',
        },
      },
    },
    {
      variant: 'unsolicited',
      data: {
        ...ofOffer,
        ...{ capabilityId: CAPABILITY_ID, capabilityCode: CODE, quantity: 1 },
        ...{ availableFrom: FROM, availableTo: TO, estimatedArrival: '2026-11-23T07:15:00.000Z' },
        ...{ unsolicited: true, approval: APPROVAL },
      },
    },
  ],
  'muster.offer.declined.v1': [
    {
      data: {
        ...ofRequest,
        lineIds: [LINE_ID],
        donor: DONOR,
        reasonCode: 'no-capacity',
        remarks: 'Both teams are committed until Friday',
        approval: APPROVAL,
      },
    },
  ],
  'muster.offer.accepted.v1': [
    {
      data: {
        ...ofOffer,
        capabilityId: CAPABILITY_ID,
        quantity: 2,
        from: FROM,
        to: TO,
        token: TOKEN,
        confirmBy: CONFIRM_BY,
        legalBasis: 'PA96-S24',
        costCategory: 'EMERGENCY_SPONTANEOUS',
        approval: APPROVAL,
      },
    },
    {
      variant: 'ranked',
      data: {
        ...{ ...ofOffer, capabilityId: CAPABILITY_ID, quantity: 2, from: FROM, to: TO, token: TOKEN },
        ...{ confirmBy: CONFIRM_BY, legalBasis: 'PA96-S24', costCategory: 'EMERGENCY_SPONTANEOUS' },
        policyVersion: '2.1',
        approval: APPROVAL,
      },
    },
    {
      variant: 'agreed-cost',
      data: {
        ...ofOffer,
        capabilityId: CAPABILITY_ID,
        quantity: 1,
        from: FROM,
        to: TO,
        token: TOKEN,
        confirmBy: CONFIRM_BY,
        legalBasis: 'PA96-S24',
        costCategory: 'SPECIALIST_STAFF',
        agreedCost: { amountPence: 206_250, basis: 'NPCC rates 2026' },
        fundingRef: 'KT-118-EMERGENCY',
        approval: APPROVAL,
      },
    },
  ],
  'muster.offer.not_selected.v1': [{ data: { ...ofOffer } }],
  'muster.offer.left_out.v1': [
    {
      data: {
        ...ofOffer,
        by: 'kent-duty-desk',
        named: 2,
        reserved: 0,
        reasonCode: 'no-capacity',
        because: 'surrey/psu-9 has 0 free over the window of the line, not 2',
      },
    },
  ],
  'muster.offer.condition_met.v1': [
    { data: { ...ofOffer, by: 'resource-desk', note: 'The football match ended quietly' } },
  ],
  'muster.offer.withdrawn.v1': [
    {
      data: {
        ...ofOffer,
        by: 'resource-desk',
        reasonCode: 'entered-in-error',
        reason: 'Twelve instead of two was typed',
      },
    },
  ],
  'muster.offer.lapsed.v1': [
    { data: { ...ofOffer, reasonCode: 'confirm-time-passed' } },
    {
      variant: 'accepted-in-error',
      data: {
        ...ofOffer,
        reasonCode: 'accepted-in-error',
        by: 'kent-duty-desk',
        reason: 'The team from Surrey was meant',
      },
    },
  ],
  'muster.commitment.made.v1': [
    {
      data: {
        ...ofCommitment,
        quantity: 2,
        from: FROM,
        to: TO,
        deploymentId: OFFER_ID,
        outcome: 'used',
        approval: APPROVAL,
      },
    },
  ],
  'muster.commitment.refused.v1': [{ data: { ...ofCommitment, reasonCode: 'own-demand' } }],
} satisfies Partial<SamplesOf<EventType>>;

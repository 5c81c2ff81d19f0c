import type { REACH_EVENTS } from '../../table/reach.ts';
import { DONOR, LINE_ID, ofRequest } from './common.ts';
import type { SamplesOf } from './samples.ts';

const step = {
  ...ofRequest,
  fromTier: 2,
  toTier: 3,
  reasonCode: 'partial',
  unmet: [{ lineId: LINE_ID, missing: 2 }],
} as const;

const ACCEPT_BY = '2026-11-22T22:30:00.000Z';

export const reachSamples: SamplesOf<keyof typeof REACH_EVENTS> = {
  'muster.request.escalation_asked.v1': [{ data: { ...step, unmet: [...step.unmet], acceptBy: ACCEPT_BY } }],
  'muster.request.escalation_overdue.v1': [{ data: { ...ofRequest, toTier: 3, acceptBy: ACCEPT_BY } }],
  'muster.request.escalated.v1': [
    {
      data: {
        ...step,
        unmet: [...step.unmet],
        acceptedBy: { org: 'npocc', role: 'national-centre', post: 'npocc-duty-desk' },
        reason: 'The region has nothing left',
      },
    },
  ],
  'muster.request.unfilled.v1': [
    {
      data: {
        ...ofRequest,
        lineId: LINE_ID,
        tier: 3,
        missing: 2,
        asked: [DONOR, 'surrey', 'sussex'],
        offered: [DONOR],
        declines: [{ force: 'surrey', reasonCode: 'own-demand' }],
        silent: ['sussex'],
      },
    },
  ],
  'muster.request.unfilled_acknowledged.v1': [
    {
      data: {
        ...ofRequest,
        lineId: LINE_ID,
        by: { org: 'kent', post: 'kent-silver' },
        note: 'Own team works on through the night',
      },
    },
  ],
  'muster.request.acknowledged.v1': [
    { data: { ...ofRequest, force: DONOR, receivedAt: '2026-11-22T20:00:07.000Z' } },
  ],
  'muster.request.ask_withdrawn.v1': [
    {
      data: {
        ...ofRequest,
        force: DONOR,
        reason: 'Meant Sussex',
        corrects: 'kent.req-20261122-01.2',
      },
    },
  ],
};

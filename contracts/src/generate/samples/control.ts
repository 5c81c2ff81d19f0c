import type { CONTROL_EVENTS } from '../../table/control.ts';
import { DONOR, HOST, OFFER_ID, ofRequest } from './common.ts';
import type { SamplesOf } from './samples.ts';

const ofDeployment = { donor: DONOR, deploymentId: OFFER_ID, host: HOST };
const AT = '2026-11-23T07:30:00.000Z';
const PROPOSAL = { proposalId: 'control-20261123-01', at: AT, proposedBy: DONOR };

export const controlSamples: SamplesOf<keyof typeof CONTROL_EVENTS> = {
  'muster.deployment.control_proposed.v1': [{ data: { ...ofDeployment, ...PROPOSAL, to: 'host' } }],
  'muster.deployment.control_transferred.v1': [
    { data: { ...ofDeployment, ...PROPOSAL, to: 'host', toForce: HOST, confirmedBy: HOST } },
  ],
  'muster.return.requested.v1': [
    {
      data: {
        ...ofDeployment,
        by: '2026-11-24T12:00:00.000Z',
        reasonCode: 'emergency-at-home',
        reason: 'Two hospitals of our own are down',
        raiseAt: '2026-11-24T09:00:00.000Z',
      },
    },
  ],
  'muster.return.answered.v1': [
    {
      data: {
        ...ofDeployment,
        answer: 'release',
        reason: 'Relief has arrived',
        releaseAt: '2026-11-24T11:00:00.000Z',
      },
    },
    { variant: 'keep', data: { ...ofDeployment, answer: 'keep', reason: 'Until the server room is safe' } },
  ],
  'muster.return.withdrawn.v1': [{ data: { ...ofDeployment, reason: 'Another force helps us' } }],
  'muster.return.raised.v1': [{ data: { ...ofDeployment, tier: 3, raisedAt: '2026-11-24T09:00:00.000Z' } }],
  'muster.return.settled.v1': [
    {
      data: {
        ...ofDeployment,
        decision: 'stay',
        instrument: 'PA96 s.24(2), ref 118',
        reason: 'Needed until the evening',
        consentedBy: 'duty-acc',
      },
    },
  ],
  'muster.deployment.forfeited.v1': [
    {
      data: {
        ...ofDeployment,
        reasonCode: 'equipment-failure',
        reason: 'The van has broken down',
        replacementOffered: true,
      },
    },
  ],
  'muster.deployment.aborted.v1': [
    {
      data: {
        ...ofDeployment,
        abortedBy: HOST,
        reasonCode: 'made-in-error',
        reason: 'The other team was meant',
        recall: { eventId: 'kent.accept-20261122-02.1', kind: 'cancel', reason: 'The other team was meant' },
      },
    },
  ],
  'muster.deployment.debriefed.v1': [
    {
      data: {
        ...ofDeployment,
        by: DONOR,
        lessons: 'Bring more write blockers',
        hoursWorked: 61.5,
        equipmentLoss: 'One cable set',
      },
    },
  ],
  'muster.deployment.closed.v1': [
    { data: { ...ofDeployment, at: '2026-12-20T10:00:00.000Z', because: 'debriefed-and-settled' } },
  ],
  'muster.deployment.status_requested.v1': [
    { data: { ...ofDeployment, askedBy: HOST, note: 'Expected an hour ago' } },
  ],
  'muster.deployment.desk_taken.v1': [
    {
      data: {
        ...ofDeployment,
        side: 'donor',
        from: 'resource-desk',
        to: 'night-desk',
        by: 'sergeant-7',
        note: 'Units arrive at 07:15',
      },
    },
  ],
  'muster.request.desk_taken.v1': [
    {
      data: {
        ...ofRequest,
        from: 'kent-force-control',
        to: 'night-desk',
        by: 'inspector-2',
        note: 'Two of four units are still short',
      },
    },
  ],
};

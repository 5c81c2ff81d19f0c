import type { STAY_EVENTS } from '../../table/stay.ts';
import { APPROVAL, DONOR, HOST, OFFER_ID, TO } from './common.ts';
import type { SamplesOf } from './samples.ts';

const ofDeployment = { donor: DONOR, deploymentId: OFFER_ID, host: HOST };
const ofExtension = { ...ofDeployment, extensionId: 'ext-20261126-01' };
const NEW_END = '2026-11-28T20:00:00.000Z';

export const staySamples: SamplesOf<keyof typeof STAY_EVENTS> = {
  'muster.extension.requested.v1': [
    {
      data: {
        ...{ ...ofExtension, end: TO, newEnd: NEW_END, reason: 'Two servers are still to be imaged' },
        answerBy: '2026-11-26T12:00:00.000Z',
      },
    },
  ],
  'muster.extension.answered.v1': [
    {
      data: {
        ...{ ...ofExtension, answer: 'accept', newEnd: NEW_END, token: 7 },
        restPlan: 'One of two is relieved on Friday night',
        confirmBy: '2026-11-26T12:30:00.000Z',
        override: {
          rules: '2026-11',
          breached: [{ rule: 'rest', because: 'promised elsewhere from Saturday' }],
          reason: 'The other host agrees to start later',
          by: 'duty-acc',
        },
      },
    },
    {
      variant: 'provisional',
      data: {
        ...{ ...ofExtension, answer: 'provisional', newEnd: NEW_END },
        condition: 'Lodging is found for the second night',
      },
    },
    {
      variant: 'decline',
      data: {
        ...{ ...ofExtension, answer: 'decline', newEnd: NEW_END },
        ...{ reasonCode: 'own-demand', reason: 'A trial of our own begins' },
      },
    },
  ],
  'muster.extension.confirmed.v1': [
    { data: { ...ofExtension, from: TO, to: NEW_END, token: 7, homeVersion: 12, approval: APPROVAL } },
  ],
  'muster.extension.ended.v1': [
    { data: { ...ofExtension, because: 'refused-at-home', reasonCode: 'own-demand' } },
  ],
  'muster.deployment.handed_on.v1': [
    { data: { ...ofDeployment, nextDeploymentId: 'off-20261126-02', at: '2026-11-26T16:30:00.000Z' } },
  ],
  'muster.deployment.welfare_answered.v1': [
    {
      data: {
        ...{ ...ofDeployment, injuries: 1, welfareReferral: true, by: 'sergeant-7' },
        remarks: 'A sprained wrist',
      },
    },
  ],
  'muster.deployment.secondment_review.v1': [
    {
      data: {
        ...{ ...ofDeployment, since: '2026-11-23T08:00:00.000Z', until: '2027-01-25T08:00:00.000Z' },
        ...{ days: 63, daysMax: 56 },
      },
    },
  ],
  'muster.deployment.secondment_reviewed.v1': [
    {
      data: {
        ...{ ...ofDeployment, outcome: 'becomes-secondment', reason: 'The inquiry goes on until spring' },
        ...{ reviewedBy: DONOR, by: 'duty-acc' },
      },
    },
  ],
};

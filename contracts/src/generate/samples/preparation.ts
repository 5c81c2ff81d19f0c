import type { PREPARATION_EVENTS } from '../../table/preparation.ts';
import type { Rationale } from '../../values.ts';
import { CAPABILITY_ID, CODE, DONOR, FROM, HOST, OFFER_ID, ofOffer, REQUEST_ID, TO } from './common.ts';
import type { SamplesOf } from './samples.ts';

const RATIONALE: Rationale = {
  information: 'Kent asks for four, two teams are free until Friday',
  threatAndRisk: 'One team stays for calls of our own',
  powersAndPolicy: 'Police Act 1996 section 24; scheme of delegation',
  options: 'Lend one team, lend both, decline',
  actionAndReview: 'Lend both, review on Thursday',
};

const ofPreparation = { donor: DONOR, offerId: OFFER_ID, host: HOST, requestId: REQUEST_ID };

export const preparationSamples: SamplesOf<keyof typeof PREPARATION_EVENTS> = {
  'muster.offer.prepared.v1': [
    {
      data: {
        ...ofOffer,
        capabilityId: CAPABILITY_ID,
        capabilityCode: CODE,
        quantity: 4,
        availableFrom: FROM,
        availableTo: TO,
        estimatedArrival: '2026-11-23T07:15:00.000Z',
        costEstimate: { amountPence: 825_000, basis: 'NPCC rates 2026' },
        preparedBy: 'essex-resource-desk',
      },
    },
  ],
  'muster.offer.approved.v1': [
    {
      data: {
        ...ofPreparation,
        approval: {
          basis: 'person',
          post: 'essex-duty-acc',
          role: 'donor-approver',
          org: DONOR,
          delegationId: 'del-2026-11',
          rationale: RATIONALE,
          at: '2026-11-22T20:40:00.000Z',
        },
      },
    },
  ],
  'muster.offer.refused.v1': [
    {
      data: {
        ...ofPreparation,
        refusedBy: 'essex-duty-acc',
        reason: 'One team has to stay',
        rationale: RATIONALE,
      },
    },
  ],
};

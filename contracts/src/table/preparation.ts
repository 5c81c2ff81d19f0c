import { offerApproved, offerPrepared, offerRefused } from '../request/preparation.ts';
import type { Aggregate } from '../subjects.ts';
import { row } from './row.ts';

const offer = ({ donor, offerId }: { donor: string; offerId: string }): Aggregate => ({
  kind: 'offer',
  owner: donor,
  id: offerId,
});

const ofPreparation = { stream: 'ASSISTANCE', aggregate: offer, edxl: 'none' } as const;

/** What a donor decides about an offer before its host learns of it; these belong to the donor. */
export const PREPARATION_EVENTS = {
  'muster.offer.prepared.v1': row({
    ...ofPreparation,
    schema: offerPrepared,
    token: 'prepared',
    actors: ['donor-desk', 'adapter'],
    about: 'A donor force has an offer ready that a person of it has to approve first.',
  }),
  'muster.offer.approved.v1': row({
    ...ofPreparation,
    schema: offerApproved,
    token: 'approved',
    actors: ['donor-approver'],
    about: 'A person of the donor force approved; the offer is made in the same append.',
  }),
  'muster.offer.refused.v1': row({
    ...ofPreparation,
    schema: offerRefused,
    token: 'refused',
    actors: ['donor-approver', 'donor-desk'],
    about: 'The donor force does not make an offer that it had prepared.',
  }),
};

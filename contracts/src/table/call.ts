import { directionRecorded, offerCalled, planApproved } from '../request/calls.ts';
import { request, row, toDonor } from './row.ts';

/** Reservations of units that nobody had offered, and what they rest on; they belong to the request. */
export const CALL_EVENTS = {
  'muster.offer.called.v1': row({
    schema: offerCalled,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'offer-called',
    addressee: toDonor,
    actors: ['requester', 'approver', 'ricc', 'national-centre'],
    edxl: 'RequisitionResource',
    about: 'Units are reserved without an offer, by a plan, a direction or an agreement; home decides.',
  }),
  'muster.plan.approved.v1': row({
    schema: planApproved,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'plan-approved',
    actors: ['requester', 'approver', 'ricc', 'national-centre'],
    edxl: 'none',
    about: 'A coordinator approved a plan, in whole or in part.',
  }),
  'muster.direction.recorded.v1': row({
    schema: directionRecorded,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'direction-recorded',
    addressee: toDonor,
    actors: ['national-centre'],
    edxl: 'none',
    about: 'The national centre directs a force to lend, under a named instrument.',
  }),
};

import {
  requestAcknowledged,
  requestAskWithdrawn,
  requestEscalated,
  requestEscalationAsked,
  requestEscalationOverdue,
  requestUnfilled,
  requestUnfilledAcknowledged,
} from '../request/reach.ts';
import { request, row } from './row.ts';

const ofRequest = { stream: 'ASSISTANCE', aggregate: request, edxl: 'none' } as const;

/** How far a request goes: tiers, what they came to, and who has it on the desk. */
export const REACH_EVENTS = {
  'muster.request.escalation_asked.v1': row({
    ...ofRequest,
    schema: requestEscalationAsked,
    token: 'escalation-asked',
    actors: ['broker', 'approver', 'ricc', 'national-centre'],
    about: 'A request is to go up a tier, and waits for a centre to agree.',
  }),
  'muster.request.escalation_overdue.v1': row({
    ...ofRequest,
    schema: requestEscalationOverdue,
    token: 'escalation-overdue',
    actors: ['broker'],
    about: 'Nobody has agreed in time that a request goes up a tier.',
  }),
  'muster.request.escalated.v1': row({
    ...ofRequest,
    schema: requestEscalated,
    token: 'escalated',
    actors: ['broker', 'approver', 'ricc', 'national-centre'],
    about: 'A request goes up a tier, and further forces are asked.',
  }),
  'muster.request.unfilled.v1': row({
    ...ofRequest,
    schema: requestUnfilled,
    token: 'unfilled',
    actors: ['broker'],
    about: 'A line stays short with nobody left to ask; what everyone said is listed.',
  }),
  'muster.request.unfilled_acknowledged.v1': row({
    ...ofRequest,
    schema: requestUnfilledAcknowledged,
    token: 'unfilled-acknowledged',
    actors: ['requester', 'approver', 'ricc', 'national-centre'],
    about: 'A person has seen that a line stays short.',
  }),
  'muster.request.acknowledged.v1': row({
    ...ofRequest,
    schema: requestAcknowledged,
    token: 'acknowledged',
    addressee: (data) => data.force,
    actors: ['adapter', 'donor-desk'],
    edxl: 'EDXL-DE Ack',
    about: 'An asked force has the request on its desk.',
  }),
  'muster.request.ask_withdrawn.v1': row({
    ...ofRequest,
    schema: requestAskWithdrawn,
    token: 'ask-withdrawn',
    addressee: (data) => data.force,
    actors: ['requester', 'approver'],
    edxl: 'MessageRecall Cancel, to one recipient',
    about: 'The host asked a force that it should not have asked.',
  }),
};

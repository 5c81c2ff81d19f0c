import {
  requestAmended,
  requestApprovalOverdue,
  requestApproved,
  requestDrafted,
  requestRefused,
} from '../request/approvals.ts';
import { request, row } from './row.ts';

const ofRequest = { stream: 'ASSISTANCE', aggregate: request } as const;

/** A request on its way from a draft to an approval, and what is changed later. */
export const APPROVAL_EVENTS = {
  'muster.request.drafted.v1': row({
    ...ofRequest,
    schema: requestDrafted,
    token: 'drafted',
    actors: ['requester'],
    edxl: 'none',
    about: 'A host has written a request down and not sent it; only the host reads it.',
  }),
  'muster.request.approved.v1': row({
    ...ofRequest,
    schema: requestApproved,
    token: 'approved',
    actors: ['approver'],
    edxl: 'none (nearest: ContactRole Approver)',
    about: 'A person other than the requester approved the request.',
  }),
  'muster.request.refused.v1': row({
    ...ofRequest,
    schema: requestRefused,
    token: 'refused',
    actors: ['approver'],
    edxl: 'none',
    about: 'A person refused the request, and says why.',
  }),
  'muster.request.approval_overdue.v1': row({
    ...ofRequest,
    schema: requestApprovalOverdue,
    token: 'approval-overdue',
    actors: ['broker'],
    edxl: 'none',
    about: 'An oral approval was not followed by a written one in time.',
  }),
  'muster.request.amended.v1': row({
    ...ofRequest,
    schema: requestAmended,
    token: 'amended',
    actors: ['requester', 'approver'],
    edxl: 'MessageRecall Update',
    about: 'The host changes or corrects its request.',
  }),
};

import { deploymentDeskTaken, statusRequested } from '../deployment/asking.ts';
import { controlProposed, controlTransferred } from '../deployment/control.ts';
import {
  deploymentAborted,
  deploymentClosed,
  deploymentDebriefed,
  deploymentForfeited,
} from '../deployment/ending.ts';
import {
  returnAnswered,
  returnRaised,
  returnRequested,
  returnSettled,
  returnWithdrawn,
} from '../deployment/recall.ts';
import { requestDeskTaken } from '../request/desk.ts';
import { deployment, request, row, toHost } from './row.ts';

const ofDeployment = { stream: 'ASSISTANCE', aggregate: deployment, addressee: toHost } as const;

/** Events of control, recall, early endings, debrief and desks. */
export const CONTROL_EVENTS = {
  'muster.deployment.control_proposed.v1': row({
    ...ofDeployment,
    schema: controlProposed,
    token: 'control-proposed',
    actors: ['donor-desk', 'unit-commander', 'requester', 'approver'],
    edxl: 'none',
    about: 'One side proposes who controls the units, and from when.',
  }),
  'muster.deployment.control_transferred.v1': row({
    ...ofDeployment,
    schema: controlTransferred,
    token: 'control-transferred',
    actors: ['donor-desk', 'unit-commander', 'requester', 'approver'],
    edxl: 'none',
    about: 'The other side confirms: direction and control move.',
  }),
  'muster.return.requested.v1': row({
    ...ofDeployment,
    schema: returnRequested,
    token: 'return-requested',
    actors: ['donor-desk', 'donor-approver'],
    edxl: 'RequestReturn',
    about: 'The donor recalls its units.',
  }),
  'muster.return.answered.v1': row({
    ...ofDeployment,
    schema: returnAnswered,
    token: 'return-answered',
    actors: ['requester', 'approver'],
    edxl: 'ResponseToRequestReturn',
    about: 'The host lets recalled units go, or says why it keeps them for now.',
  }),
  'muster.return.withdrawn.v1': row({
    ...ofDeployment,
    schema: returnWithdrawn,
    token: 'return-withdrawn',
    actors: ['donor-desk', 'donor-approver'],
    edxl: 'RequestReturn with MessageRecall Cancel',
    about: 'The donor does without its recall.',
  }),
  'muster.return.raised.v1': row({
    ...ofDeployment,
    schema: returnRaised,
    token: 'return-raised',
    actors: ['broker'],
    edxl: 'none',
    about: 'Recalled units were not released in time; the national centre is to settle it.',
  }),
  'muster.return.settled.v1': row({
    ...ofDeployment,
    schema: returnSettled,
    token: 'return-settled',
    actors: ['national-centre'],
    edxl: 'none',
    about: 'The national centre settles a raised recall.',
  }),
  'muster.deployment.forfeited.v1': row({
    ...ofDeployment,
    schema: deploymentForfeited,
    token: 'forfeited',
    actors: ['donor-desk', 'donor-approver'],
    edxl: 'CommitResource with MessageRecall Cancel',
    about: 'The donor gives up its commitment; the line is open again.',
  }),
  'muster.deployment.aborted.v1': row({
    ...ofDeployment,
    schema: deploymentAborted,
    token: 'aborted',
    actors: ['requester', 'approver', 'donor-desk', 'donor-approver'],
    edxl: 'RequisitionResource with MessageRecall Cancel',
    about: 'A commitment is called off before its units are on task; the line is open again.',
  }),
  'muster.deployment.debriefed.v1': row({
    ...ofDeployment,
    schema: deploymentDebriefed,
    token: 'debriefed',
    actors: ['donor-desk', 'unit-commander', 'requester'],
    edxl: 'none',
    about: 'One side’s account of the deployment.',
  }),
  'muster.deployment.closed.v1': row({
    ...ofDeployment,
    schema: deploymentClosed,
    token: 'closed',
    actors: ['donor-desk', 'donor-approver', 'unit-commander', 'requester', 'approver', 'finance', 'broker'],
    edxl: 'none',
    about: 'Nothing is left to do about the deployment.',
  }),
  'muster.deployment.status_requested.v1': row({
    ...ofDeployment,
    schema: statusRequested,
    token: 'status-requested',
    actors: ['requester', 'donor-desk', 'unit-commander', 'ricc', 'national-centre'],
    edxl: 'RequestResourceDeploymentStatus',
    about: 'Somebody concerned asks where the units are.',
  }),
  'muster.deployment.desk_taken.v1': row({
    ...ofDeployment,
    schema: deploymentDeskTaken,
    token: 'desk-taken',
    actors: ['requester', 'approver', 'donor-desk', 'donor-approver'],
    edxl: 'ContactInformation',
    about: 'Another desk of one side looks after the deployment.',
  }),
  'muster.request.desk_taken.v1': row({
    schema: requestDeskTaken,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'desk-taken',
    actors: ['requester', 'approver'],
    edxl: 'ContactInformation',
    about: 'Another desk of the host looks after the request.',
  }),
};

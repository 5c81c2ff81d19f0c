import {
  extensionAnswered,
  extensionConfirmed,
  extensionEnded,
  extensionRequested,
} from '../deployment/extension.ts';
import { deploymentHandedOn } from '../deployment/next.ts';
import { secondmentReview, secondmentReviewed, welfareAnswered } from '../deployment/welfare.ts';
import { deployment, row, toHost } from './row.ts';

const ofDeployment = { stream: 'ASSISTANCE', aggregate: deployment, addressee: toHost } as const;

/** Events of how long units stay, and of how their people are. */
export const STAY_EVENTS = {
  'muster.extension.requested.v1': row({
    ...ofDeployment,
    schema: extensionRequested,
    token: 'extension-requested',
    actors: ['requester', 'approver'],
    edxl: 'RequestExtendedDeploymentDuration',
    about: 'The host asks to keep the units for longer.',
  }),
  'muster.extension.answered.v1': row({
    ...ofDeployment,
    schema: extensionAnswered,
    token: 'extension-answered',
    actors: ['donor-approver', 'donor-desk', 'adapter'],
    edxl: 'ResponseToRequestExtendedDeploymentDuration',
    about: 'The donor accepts, declines or names a condition.',
  }),
  'muster.extension.confirmed.v1': row({
    ...ofDeployment,
    schema: extensionConfirmed,
    token: 'extension-confirmed',
    actors: ['donor-approver', 'donor-desk', 'adapter'],
    edxl: 'CommitResource Accept',
    about: 'The home ledger has the further time; the end has moved.',
  }),
  'muster.extension.ended.v1': row({
    ...ofDeployment,
    schema: extensionEnded,
    token: 'extension-ended',
    actors: ['broker', 'donor-approver', 'donor-desk', 'adapter'],
    edxl: 'none',
    about: 'An extension came to nothing; the end stays.',
  }),
  'muster.deployment.handed_on.v1': row({
    ...ofDeployment,
    schema: deploymentHandedOn,
    token: 'handed-on',
    actors: ['donor-approver', 'donor-desk', 'adapter'],
    edxl: 'none',
    about: 'The units have gone on to their next assignment without going home.',
  }),
  'muster.deployment.welfare_answered.v1': row({
    ...ofDeployment,
    schema: welfareAnswered,
    token: 'welfare-answered',
    actors: ['donor-desk', 'unit-commander', 'donor-approver'],
    edxl: 'none',
    about: 'How the people are who came home, where the return had left it open.',
  }),
  'muster.deployment.secondment_review.v1': row({
    ...ofDeployment,
    schema: secondmentReview,
    token: 'secondment-review',
    actors: ['broker', 'adapter', 'donor-desk', 'donor-approver'],
    edxl: 'none',
    about: 'The units are away for more than eight weeks in all: is it still mutual aid?',
  }),
  'muster.deployment.secondment_reviewed.v1': row({
    ...ofDeployment,
    schema: secondmentReviewed,
    token: 'secondment-reviewed',
    actors: ['donor-approver', 'approver', 'national-centre'],
    edxl: 'none',
    about: 'What a review of units that are away for long came to.',
  }),
};

import {
  type AbortReason,
  type CommandBody,
  type DeploymentStatus,
  isRefusal,
  type MessageRecall,
  refuse,
} from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { closeIfDone } from '../request/ending.ts';
import { COMMITTED_TO_STAGED, findDeployment, namedIn, wrongStatus } from './parties.ts';
import type { DeploymentState } from './state.ts';

/** Where units are that have not left their force. */
const AT_HOME: readonly DeploymentStatus[] = ['COMMITTED', 'MOBILISING'];

/** What becomes of the booking: units that never left are free at once, others when they are reported home. */
const giveUpBooking = (
  draft: Draft,
  deployment: DeploymentState,
  reasonCode: 'forfeited' | 'aborted' | 'made-in-error',
): void => {
  const { donor, capabilityId, bookingId, token, host, requestId, status, continues } = deployment;
  draft.change(donor, capabilityId, { kind: 'released', bookingId, token, reasonCode });
  // Units that came from another assignment are not at home before they are reported there.
  if (!AT_HOME.includes(status) || continues) return;
  draft.change(donor, capabilityId, { kind: 'returned', bookingId, token, at: draft.now });
  closeAborted(draft, deployment);
  closeIfDone(draft, { host, requestId });
};

/** A deployment that never came to its task needs no debrief once its units are home. */
export const closeAborted = (draft: Draft, deployment: DeploymentState): void =>
  draft.emit({
    type: 'muster.deployment.closed.v1',
    data: { ...namedIn(deployment), at: draft.now, because: 'ended-before-task' },
  });

/** The donor gives its commitment up before the units are on task: the line is open again at once. */
export const decideForfeit = (
  org: string,
  body: CommandBody<'deployment-forfeit'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  if (org !== deployment.donor) {
    return refuse('not-permitted', `only ${deployment.donor} forfeits its commitment; the host aborts it`);
  }
  if (!COMMITTED_TO_STAGED.includes(deployment.status)) return wrongStatus(deployment, 'ABORTED');
  const { reasonCode, reason, replacementOffered } = body;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.forfeited.v1',
    data: { ...namedIn(deployment), reasonCode, reason, replacementOffered },
  });
  giveUpBooking(draft, deployment, 'forfeited');
  return draft.done();
};

type Abort = {
  by: string;
  reasonCode: AbortReason;
  reason: string;
  /** What on record the abort takes back. */
  recall?: MessageRecall | undefined;
};

/** Calls a commitment off in the draft. The caller has made sure who may, and that its status allows it. */
export const abortUnits = (draft: Draft, deployment: DeploymentState, abort: Abort): void => {
  const { by: abortedBy, reasonCode, reason, recall } = abort;
  draft.emit({
    type: 'muster.deployment.aborted.v1',
    data: { ...namedIn(deployment), abortedBy, reasonCode, reason, ...(recall && { recall }) },
  });
  giveUpBooking(draft, deployment, reasonCode === 'made-in-error' ? 'made-in-error' : 'aborted');
};

/** The host calls the units off before they are on task: the line is open again at once. */
export const decideAbort = (
  org: string,
  body: CommandBody<'deployment-abort'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  if (org !== deployment.host) {
    return refuse('not-permitted', `only the host ${deployment.host} aborts; ${deployment.donor} forfeits`);
  }
  if (!COMMITTED_TO_STAGED.includes(deployment.status)) return wrongStatus(deployment, 'ABORTED');
  const { reasonCode, reason } = body;
  const draft = startDraft(view, now);
  const recall = reasonCode === 'made-in-error' ? { kind: 'cancel' as const, reason } : undefined;
  abortUnits(draft, deployment, { by: org, reasonCode, reason, recall });
  return draft.done();
};

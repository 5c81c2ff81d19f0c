import {
  CLOCK_SKEW_MS_MAX,
  type CommandBody,
  isRefusal,
  NATIONAL_CENTRE,
  type Refusal,
  refuse,
  TIER_MAX,
} from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { addMinutes, addMs, earlier, later } from '../time/instants.ts';
import {
  COMMITTED_TO_ON_TASK,
  type DeploymentName,
  findDeployment,
  namedIn,
  wrongStatus,
} from './parties.ts';
import type { DeploymentState, Recall } from './state.ts';
import { nextWords, statusWords } from './words.ts';

/** Minutes that a host has to release recalled units before the recall goes to the national tier. Our assumption. */
export const RECALL_RAISE_MINUTES = 60;

type Recalled = DeploymentState & { recall: Recall };

const isRecalled = (deployment: DeploymentState): deployment is Recalled =>
  deployment.status === 'RECALL_PENDING' && deployment.recall !== undefined;

const notRecalled = ({ deploymentId, status }: DeploymentState): Refusal =>
  refuse(
    'wrong-status',
    `no recall of deployment ${deploymentId} stands open: its units are ${statusWords(status)}; ${nextWords(status)}`,
  );

/** The units go home; what the line loses by it is open again at once. */
const letGo = (draft: Draft, deployment: DeploymentState, releasedAt: string): void => {
  const { donor, capabilityId, bookingId, token } = deployment;
  const reasonCode = 'recalled';
  draft.emit({
    type: 'muster.resource.released.v1',
    data: { ...namedIn(deployment), releasedAt, reasonCode, to: 'origin' },
  });
  draft.change(donor, capabilityId, { kind: 'released', bookingId, token, reasonCode });
};

/** The donor wants its units back. A donor may always recall. */
export const decideReturnRequest = (
  org: string,
  body: CommandBody<'return-request'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  if (org !== deployment.donor) {
    return refuse('not-permitted', `only ${deployment.donor} recalls its units; the host releases them`);
  }
  if (!COMMITTED_TO_ON_TASK.includes(deployment.status)) return wrongStatus(deployment, 'RECALL_PENDING');
  const { by, reasonCode, reason } = body;
  if (by < addMs(now, -CLOCK_SKEW_MS_MAX)) {
    const because = `lies in the past (it is ${now})`;
    return refuse('bad-time', `by ${because}`, [{ path: 'by', because }]);
  }
  const raiseAt = earlier(later(by, now), addMinutes(now, RECALL_RAISE_MINUTES));
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.return.requested.v1',
    data: { ...namedIn(deployment), by, reasonCode, reason, raiseAt },
  });
  return draft.done();
};

/** From when the host lets the units go: not before the recall, and not after the donor needs them. */
const releaseTime = ({ recall }: Recalled, releaseAt: string | undefined, now: string): string | Refusal => {
  if (releaseAt === undefined) return now;
  const latest = later(recall.by, now);
  const because =
    releaseAt > latest
      ? `lies after ${latest}, by when the units are wanted; answer "keep" until then`
      : releaseAt < addMs(recall.requestedAt, -CLOCK_SKEW_MS_MAX)
        ? `lies before the recall (${recall.requestedAt})`
        : undefined;
  return because ? refuse('bad-time', `releaseAt ${because}`, [{ path: 'releaseAt', because }]) : releaseAt;
};

/** The host answers a recall. Keeping the units stops no clock. */
export const decideReturnAnswer = (
  org: string,
  body: CommandBody<'return-answer'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  if (org !== deployment.host) return refuse('not-permitted', `only the host ${deployment.host} answers`);
  if (!isRecalled(deployment)) return notRecalled(deployment);
  const { answer, reason } = body;
  const draft = startDraft(view, now);
  if (answer === 'keep') {
    draft.emit({
      type: 'muster.return.answered.v1',
      data: { ...namedIn(deployment), answer, reason },
    });
    return draft.done();
  }
  const releaseAt = releaseTime(deployment, body.releaseAt, now);
  if (typeof releaseAt !== 'string') return releaseAt;
  draft.emit({
    type: 'muster.return.answered.v1',
    data: { ...namedIn(deployment), answer, reason, releaseAt },
  });
  letGo(draft, deployment, releaseAt);
  return draft.done();
};

/** The donor does without; the units go on from where they are. */
export const decideReturnWithdraw = (
  org: string,
  body: CommandBody<'return-withdraw'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  if (org !== deployment.donor) {
    return refuse('not-permitted', `only ${deployment.donor} withdraws its recall`);
  }
  if (!isRecalled(deployment)) return notRecalled(deployment);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.return.withdrawn.v1',
    data: { ...namedIn(deployment), reason: body.reason },
  });
  return draft.done();
};

/** The national centre settles what was raised to it. Units stay only with their donor's consent. */
export const decideReturnSettle = (
  org: string,
  body: CommandBody<'return-settle'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { donor, deploymentId, decision, instrument, reason, consentedBy } = body;
  if (org !== NATIONAL_CENTRE) {
    return refuse('not-permitted', `a recall is settled by ${NATIONAL_CENTRE}, not by ${org}`);
  }
  const deployment = view.deployment(donor, deploymentId);
  if (!deployment) return refuse('not-found', `there is no deployment ${deploymentId} of ${donor}`);
  if (!isRecalled(deployment)) return notRecalled(deployment);
  if (deployment.recall.raisedAt === undefined) {
    const because = `the host has until ${deployment.recall.raiseAt} to answer; then the recall comes to ${NATIONAL_CENTRE}`;
    return refuse('wrong-status', because);
  }
  const draft = startDraft(view, now);
  const ofSettling = { ...namedIn(deployment), decision, reason };
  draft.emit({
    type: 'muster.return.settled.v1',
    data: {
      ...ofSettling,
      ...(instrument !== undefined && { instrument }),
      ...(consentedBy !== undefined && { consentedBy }),
    },
  });
  if (decision === 'release') letGo(draft, deployment, now);
  return draft.done();
};

/** Nobody released the units in time: tells the national tier, once. */
export const decideRecallDue = (name: DeploymentName, view: LedgerView, now: string): Decision => {
  const deployment = view.deployment(name.donor, name.deploymentId);
  if (!deployment || !isRecalled(deployment)) return { events: [] };
  const { recall } = deployment;
  if (recall.raisedAt !== undefined || now < recall.raiseAt) return { events: [] };
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.return.raised.v1',
    data: { ...namedIn(deployment), tier: TIER_MAX, raisedAt: now },
  });
  return draft.done();
};

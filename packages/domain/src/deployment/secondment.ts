import { type CommandBody, isRefusal, NATIONAL_CENTRE, refuse } from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { addMinutes, later, minutesBetween } from '../time/instants.ts';
import { type DeploymentName, ENDED, findDeployment, namedIn } from './parties.ts';
import type { DeploymentState } from './state.ts';

/**
 * Days away, earlier assignments included, beyond which units are normally seconded and no longer lent as mutual
 * aid: eight weeks (NPoCC; decided case by case).
 */
export const SECONDMENT_DAYS = 56;

const DAY_MINUTES = 24 * 60;

/** When units that left at this instant have been away for {@link SECONDMENT_DAYS}. */
export const reviewAt = (since: string): string => addMinutes(since, SECONDMENT_DAYS * DAY_MINUTES);

/** Units whose stay nobody plans any more. */
const LEAVING: readonly DeploymentState['status'][] = ['ABORTED', ...ENDED];

/**
 * Raises the review in the draft, once, when the units are or will be away for too long. To be called wherever
 * their end may have moved.
 */
export const raiseSecondment = (draft: Draft, { donor, deploymentId }: DeploymentName): void => {
  const deployment = draft.view.deployment(donor, deploymentId);
  if (!deployment || deployment.secondment || LEAVING.includes(deployment.status)) return;
  const since = deployment.continues?.since ?? deployment.from;
  const until = later(deployment.to, draft.now);
  if (until <= reviewAt(since)) return;
  const days = Math.ceil(minutesBetween(since, until) / DAY_MINUTES);
  draft.emit({
    type: 'muster.deployment.secondment_review.v1',
    data: { ...namedIn(deployment), since, until, days, daysMax: SECONDMENT_DAYS },
  });
};

/** Units that nobody reported home have been away for too long. */
export const decideSecondmentDue = (name: DeploymentName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  raiseSecondment(draft, name);
  return draft.done();
};

/** Records what a review came to: by either side, or the national centre. */
export const decideSecondmentReview = (
  org: string,
  body: CommandBody<'secondment-review'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { donor, deploymentId, outcome, reason, actor } = body;
  const deployment =
    org === NATIONAL_CENTRE
      ? (view.deployment(donor, deploymentId) ??
        refuse('not-found', `there is no deployment ${deploymentId} of ${donor}`))
      : findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  if (!deployment.secondment || deployment.secondment.outcome) {
    const because = deployment.secondment?.outcome
      ? `its review came to "${deployment.secondment.outcome}" already`
      : `no review of it was raised`;
    return refuse('wrong-status', `deployment ${deploymentId}: ${because}`);
  }
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.secondment_reviewed.v1',
    data: { ...namedIn(deployment), outcome, reason, reviewedBy: org, by: actor.id },
  });
  return draft.done();
};

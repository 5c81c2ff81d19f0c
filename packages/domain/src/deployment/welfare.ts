import { type CommandBody, isRefusal, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { closeDeploymentIfDone } from './debrief.ts';
import { closeAborted } from './ending.ts';
import { findDeployment, namedIn } from './parties.ts';
import { statusWords } from './words.ts';

/** The donor says how its people are, where the return had left it open. */
export const decideWelfare = (
  org: string,
  body: CommandBody<'welfare-answer'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { donor, deploymentId, status, welfare, earlyEnd } = deployment;
  if (org !== donor) return refuse('not-permitted', `only ${donor} says how its people are`);
  if (status !== 'RETURNED' || !welfare?.isOpen) {
    const because = `nothing about the people of deployment ${deploymentId} stands open: they are ${statusWords(status)}`;
    return refuse('wrong-status', because);
  }
  const { injuries, welfareReferral, remarks, actor } = body;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.deployment.welfare_answered.v1',
    data: { ...namedIn(deployment), injuries, welfareReferral, remarks, by: actor.id },
  });
  if (earlyEnd) closeAborted(draft, deployment);
  else closeDeploymentIfDone(draft, deployment);
  return draft.done();
};

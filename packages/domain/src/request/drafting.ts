import { CONFIRM_WITHIN_MINUTES_DEFAULT, type CommandBody, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { submit } from './create.ts';

/** Writes a request down without sending it; writing it again replaces what was written before. */
export const decideDraft = (
  org: string,
  body: CommandBody<'request-draft'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { commandId, lines, terms, recipients, answerBy, actor } = body;
  const requestId = body.requestId ?? commandId;
  const known = view.request(org, requestId);
  if (body.requestId !== undefined && !known) {
    return refuse('not-found', `${org} has no draft ${requestId}; leave requestId out for a new one`);
  }
  if (known && known.phase.kind !== 'draft') {
    return body.requestId === undefined
      ? refuse('command-id-reused', `request ${requestId} of ${org} exists already`)
      : refuse('wrong-status', 'the request is no draft any more; amend it instead');
  }
  const confirmWithinMinutes = body.confirmWithinMinutes ?? CONFIRM_WITHIN_MINUTES_DEFAULT;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.request.drafted.v1',
    data: {
      ...{ host: org, requestId, lines, terms, recipients, answerBy, confirmWithinMinutes },
      ...(body.escalation && { escalation: body.escalation }),
      ...(body.costLimitPence !== undefined && { costLimitPence: body.costLimitPence }),
      ...(body.tier !== undefined && { tier: body.tier }),
      draftedBy: actor.id,
    },
  });
  return draft.done();
};

/** Sends a draft on its way. */
export const decideSubmit = (
  org: string,
  body: CommandBody<'request-submit'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { requestId, actor } = body;
  const request = view.request(org, requestId);
  if (!request) return refuse('not-found', `${org} has no draft ${requestId}`);
  if (request.phase.kind !== 'draft') {
    return refuse('wrong-status', 'the request was submitted already; amend it instead');
  }
  const { lines, terms, confirmWithinMinutes } = request;
  const content = {
    ...{ lines: [...lines], terms, confirmWithinMinutes },
    recipients: request.phase.recipients,
    answerBy: body.answerBy ?? request.answerBy,
    escalation: request.reach.escalation,
    costLimitPence: request.costLimitPence,
    tier: request.reach.tier,
  };
  const draft = startDraft(view, now);
  const by = { post: actor.id, route: body.approvalRoute ?? { kind: 'policy' as const } };
  return submit(draft, { host: org, requestId }, content, by) ?? draft.done();
};

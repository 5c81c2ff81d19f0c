import { type CommandBody, isRefusal, type Refusal, refuse } from '@muster/contracts';
import { authorise } from '../approval/authorise.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { chooseRecipients } from '../matching/recipients.ts';
import { takeBack } from './cancel.ts';
import { approvedLimit, badTimes, firstTier, issue, matterOf } from './create.ts';
import type { RequestName } from './ending.ts';
import type { RequestState } from './state.ts';

type Body = CommandBody<'request-approve'> | CommandBody<'request-refuse'>;

/** A request on which a person still has to decide: before it goes out, or afterwards in writing. */
const decidable = (org: string, { requestId, actor }: Body, view: LedgerView): RequestState | Refusal => {
  const request = view.request(org, requestId);
  if (!request || request.phase.kind === 'draft')
    return refuse('not-found', `${org} has no request ${requestId}`);
  if (actor.role !== 'approver') {
    const fields = [{ path: 'actor.role', because: 'must be approver' }];
    return refuse('wrong-role', `an approver decides on requests, not ${actor.role}`, fields);
  }
  const { phase, oral, decided } = request;
  if (phase.kind !== 'awaiting' && !oral?.isOpen) {
    const who = decided ? `: ${decided.by} ${decided.kind} it at ${decided.at}` : '';
    return refuse('wrong-status', `the request waits for nobody's approval${who}; look at it again`);
  }
  return actor.id === request.requestedBy
    ? refuse('same-person', `${actor.id} asked for it, so another post has to decide`)
    : request;
};

/** A person approves: a waiting request goes out, one that went out by word of mouth is put right. */
export const decideApprove = (
  org: string,
  body: CommandBody<'request-approve'>,
  view: LedgerView,
  now: string,
): Decision => {
  const request = decidable(org, body, view);
  if (isRefusal(request)) return request;
  const { requestId, actor, rationale, authorityRank } = body;
  const { lines, terms, answerBy, phase, costLimitPence } = request;
  const decider = { org, post: actor.id, role: 'approver' } as const;
  const granted = authorise(decider, matterOf(lines, terms, costLimitPence), view, now);
  if (isRefusal(granted)) return granted;
  const name = { host: org, requestId };
  const draft = startDraft(view, now);
  const approval = {
    ...{ basis: 'person' as const, ...decider, ...granted, rationale, at: now },
    ...(authorityRank !== undefined && { authorityRank }),
  };
  const limit = approvedLimit(org, approval, costLimitPence, view);
  const retrospective = phase.kind !== 'awaiting';
  if (!retrospective) {
    const faults = badTimes({ lines, answerBy }, now);
    if (faults.length > 0) {
      return refuse(
        'bad-time',
        'some times have passed meanwhile; amend the request, then approve it',
        faults,
      );
    }
    const tier = firstTier(org, request.reach.tier);
    const recipients = chooseRecipients(phase.recipients, org, lines, view, now, tier);
    if (isRefusal(recipients)) return recipients;
    draft.emit({ type: 'muster.request.approved.v1', data: { ...name, approval, retrospective, ...limit } });
    const content = { lines: [...lines], terms, answerBy, recipients: phase.recipients };
    issue(draft, name, { ...content, tier: request.reach.tier }, recipients);
    return draft.done();
  }
  draft.emit({ type: 'muster.request.approved.v1', data: { ...name, approval, retrospective, ...limit } });
  return draft.done();
};

/** A person refuses: a waiting request ends, one that went out by word of mouth is taken back. */
export const decideRefuse = (
  org: string,
  body: CommandBody<'request-refuse'>,
  view: LedgerView,
  now: string,
): Decision => {
  const request = decidable(org, body, view);
  if (isRefusal(request)) return request;
  const { requestId, actor, reason, rationale } = body;
  const name = { host: org, requestId };
  const retrospective = request.phase.kind !== 'awaiting';
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.request.refused.v1',
    data: { ...name, refusedBy: actor.id, reason, rationale, retrospective },
  });
  if (retrospective && request.phase.kind === 'live') takeBack(draft, name, { reasonCode: 'other', reason });
  return draft.done();
};

/** The written approval did not come in time: that is always on record, and may still follow. */
export const decideApprovalDue = (name: RequestName, view: LedgerView, now: string): Decision => {
  const { oral } = view.request(name.host, name.requestId) ?? {};
  if (!oral?.isOpen || oral.isOverdue || now < oral.retrospectiveBy) return { events: [] };
  const draft = startDraft(view, now);
  const { host, requestId } = name;
  draft.emit({
    type: 'muster.request.approval_overdue.v1',
    data: { host, requestId, oralBy: oral.post, retrospectiveBy: oral.retrospectiveBy },
  });
  return draft.done();
};

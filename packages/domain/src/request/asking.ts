import { type CommandBody, isForce, isRefusal, type Refusal, refuse, TIER_MAX } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { chooseRecipients } from '../matching/recipients.ts';
import { addMinutes } from '../time/instants.ts';
import { tierOf } from './create.ts';
import { dropOpenOffers, type RequestName } from './ending.ts';
import { carryOn, escalate, freshRecipients, issueAgain, mayAccept, unmetLines } from './escalate.ts';
import { requestEnded } from './refusals.ts';
import { answerKey, type RequestState } from './state.ts';

const NOTHING: Decision = { events: [] };

const live = ({ host, requestId }: RequestName, view: LedgerView): RequestState | Refusal => {
  const request = view.request(host, requestId);
  if (!request || request.phase.kind === 'draft') {
    return refuse('not-found', `${host} has no request ${requestId}`);
  }
  return request.phase.kind === 'live' ? request : requestEnded(request);
};

const nameOf = ({ host, requestId }: RequestName): RequestName => ({ host, requestId });

/** The next wave is due: the nearest who were not asked yet, while a line is short. */
export const decideWave = (name: RequestName, view: LedgerView, now: string): Decision => {
  const request = view.request(name.host, name.requestId);
  const { choice, nextWaveAt, wave = 0 } = request?.reach ?? {};
  if (request?.phase.kind !== 'live' || choice?.kind !== 'waves') return NOTHING;
  if (nextWaveAt === undefined || now < nextWaveAt || now >= request.answerBy) return NOTHING;
  const unmet = unmetLines(request, now);
  if (unmet.length === 0) return NOTHING;
  const draft = startDraft(view, now);
  const recipients = freshRecipients(draft, request, unmet, request.tier, choice.size);
  if (recipients.length > 0) {
    const next = { wave: wave + 1, nextWaveAt: addMinutes(now, choice.everyMinutes) };
    issueAgain(draft, nameOf(name), recipients, { tier: request.tier, answerBy: request.answerBy, ...next });
  } else if (request.reach.escalation === 'automatic' && request.tier < TIER_MAX) {
    // Everyone of this tier has been asked: nobody is served by waiting for the answer time.
    carryOn(draft, nameOf(name));
  }
  return draft.done();
};

/** Nobody agreed in time that the request goes up. */
export const decideAcceptDue = (name: RequestName, view: LedgerView, now: string): Decision => {
  const request = view.request(name.host, name.requestId);
  const { asked } = request?.reach ?? {};
  if (request?.phase.kind !== 'live' || !asked || asked.isOverdue || now < asked.acceptBy) return NOTHING;
  const draft = startDraft(view, now);
  const { toTier, acceptBy } = asked;
  draft.emit({ type: 'muster.request.escalation_overdue.v1', data: { ...nameOf(name), toTier, acceptBy } });
  return draft.done();
};

/** Takes a request up by hand. */
export const decideEscalate = (
  org: string,
  body: CommandBody<'request-escalate'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { host, toTier, reasonCode, reason, actor } = body;
  if (org !== host && !mayAccept(org, host, TIER_MAX)) {
    return refuse('not-found', `${host} has no request ${body.requestId} that ${org} may take up a tier`);
  }
  if (org === host && actor.role !== 'approver') {
    const fields = [{ path: 'actor.role', because: 'must be approver' }];
    return refuse('wrong-role', `an approver of ${host} takes its request up, not ${actor.role}`, fields);
  }
  const request = live(body, view);
  if (isRefusal(request)) return request;
  if (toTier <= request.tier) {
    const because = `the request is at tier ${request.tier} already`;
    return refuse('wrong-status', because, [{ path: 'toTier', because }]);
  }
  if (org === host && request.reach.asked && request.reach.asked.toTier >= toTier) {
    return refuse('wrong-status', `tier ${request.reach.asked.toTier} waits for a centre to agree already`);
  }
  const draft = startDraft(view, now);
  const by = { org, role: actor.role, post: actor.id };
  escalate(draft, nameOf(body), { toTier, reasonCode, reason, by });
  return draft.done();
};

/** A centre agrees that the request goes up. */
export const decideEscalationAccept = (
  org: string,
  body: CommandBody<'escalation-accept'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { host, actor } = body;
  if (org === host || !mayAccept(org, host, TIER_MAX)) {
    return refuse('not-permitted', `${org} is not the centre that agrees for ${host}`);
  }
  const request = live(body, view);
  if (isRefusal(request)) return request;
  const { asked } = request.reach;
  if (!asked)
    return refuse(
      'wrong-status',
      'no tier waits to be agreed to; look at the request again: it may have gone up already, or be covered',
    );
  const draft = startDraft(view, now);
  const by = { org, role: actor.role, post: actor.id };
  escalate(draft, nameOf(body), { toTier: asked.toTier, reasonCode: 'partial', by });
  return draft.done();
};

/** A person has seen that a line stays short. */
export const decideUnfilledAcknowledge = (
  org: string,
  body: CommandBody<'unfilled-acknowledge'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { host, requestId, lineId, note, actor } = body;
  if (org !== host && !mayAccept(org, host, TIER_MAX)) {
    return refuse('not-found', `${host} has no request ${requestId} that ${org} looks after`);
  }
  const request = live(body, view);
  if (isRefusal(request)) return request;
  const known = request.unfilled.get(lineId);
  if (!known)
    return refuse(
      'wrong-status',
      `line ${lineId} is not on record as unfilled, so there is nothing to acknowledge`,
    );
  if (known.isAcknowledged) return refuse('wrong-status', `line ${lineId} was acknowledged already`);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.request.unfilled_acknowledged.v1',
    data: { host, requestId, lineId, by: { org, post: actor.id }, note },
  });
  return draft.done();
};

/** An asked force has the request on its desk. */
export const decideAcknowledge = (
  org: string,
  body: CommandBody<'request-acknowledge'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { host, requestId, receivedAt } = body;
  const request = view.request(host, requestId);
  if (!request?.recipients.some(({ force }) => force === org)) {
    return refuse('not-found', `${org} was asked nothing by ${host} under ${requestId}`);
  }
  if (request.phase.kind !== 'live') return requestEnded(request);
  const known = request.acknowledged.get(org);
  if (known) return refuse('already-answered', `${org} acknowledged it at ${known}`);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.request.acknowledged.v1',
    data: { host, requestId, force: org, receivedAt },
  });
  return draft.done();
};

/** The host asks further forces by hand. */
export const decideAsk = (
  org: string,
  body: CommandBody<'request-ask'>,
  view: LedgerView,
  now: string,
): Decision => {
  const name = { host: org, requestId: body.requestId };
  const request = live(name, view);
  if (isRefusal(request)) return request;
  const { recipients: choice, lineIds, answerBy } = body;
  const unknown = lineIds?.find((lineId) => !request.lines.some((line) => line.lineId === lineId));
  if (unknown) return refuse('not-found', `the request has no line ${unknown}`);
  if (answerBy <= now || answerBy > request.end) {
    const because = answerBy <= now ? `has passed (it is ${now})` : 'lies after the end of the last line';
    return refuse('bad-time', `answerBy ${because}`, [{ path: 'answerBy', because }]);
  }
  const lines = request.lines.filter(({ lineId }) => !lineIds || lineIds.includes(lineId));
  const chosen = chooseRecipients(choice, org, lines, view, now, request.tier);
  if (isRefusal(chosen)) return chosen;
  const fresh = chosen.flatMap(({ force, lineIds: all }) => {
    const mine = all.filter((lineId) => {
      const answer = request.answers.get(answerKey(force, lineId))?.answer;
      return answer === undefined || answer === 'expired' || answer === 'withdrawn';
    });
    return mine.length > 0 ? [{ force, lineIds: mine }] : [];
  });
  if (fresh.length === 0)
    return refuse(
      'already-answered',
      'all of these forces were asked for these lines already; name others, or take the request up a tier',
    );
  const draft = startDraft(view, now);
  const tier = Math.max(request.tier, tierOf(org, fresh));
  issueAgain(draft, name, fresh, { tier, answerBy });
  return draft.done();
};

/** The host takes back that it asked a force: a correction, for as long as nothing of it was accepted. */
export const decideAskWithdraw = (
  org: string,
  body: CommandBody<'ask-withdraw'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { requestId, force, reason, corrects } = body;
  const name = { host: org, requestId };
  const request = live(name, view);
  if (isRefusal(request)) return request;
  if (!isForce(force) || !request.recipients.some((each) => each.force === force)) {
    return refuse('not-asked', `${force} was not asked for this request, so there is nothing to take back`);
  }
  const theirs = [...request.offers.values()].filter(({ donor }) => donor === force);
  if (theirs.some(({ status }) => status === 'accepted' || status === 'committed')) {
    return refuse(
      'wrong-status',
      `units of ${force} are reserved or committed; take the acceptance back, or release them, first`,
    );
  }
  const answers = [...request.answers].filter(([key]) => key.startsWith(`${force}/`));
  if (answers.every(([, { answer }]) => answer === 'withdrawn')) {
    return refuse('wrong-status', `${force} is not asked any more already`);
  }
  const draft = startDraft(view, now);
  dropOpenOffers(draft, name, theirs);
  draft.emit({
    type: 'muster.request.ask_withdrawn.v1',
    data: { ...name, force, reason, ...(corrects !== undefined && { corrects }) },
  });
  const notice = { kind: 'ask-withdrawn' as const, reason };
  draft.emit({ type: 'muster.request.notice.v1', data: { ...name, force, notice } });
  return draft.done();
};

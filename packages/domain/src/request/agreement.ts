import {
  CONFIRM_WITHIN_MINUTES_DEFAULT,
  type CommandBody,
  isForce,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { AGREEMENT } from '../policies.ts';
import { addMinutes, earlier, later } from '../time/instants.ts';
import { dropOffersOfFullLine } from './accept.ts';
import { call, callId } from './call.ts';
import { tierOf } from './create.ts';

/** How long after it was made an agreement may be recorded, in minutes (72 hours). */
export const AGREED_AGO_MINUTES_MAX = 72 * 60;
/** How long the record of a whole new request stays open for answers, in minutes: nobody else is asked. */
const ANSWER_MINUTES = 60;

type Body = CommandBody<'agreement-record'>;
type New = Extract<Body['for'], { kind: 'new' }>;

/** Writes the request down that was agreed before there was one; the donor is its only recipient. */
const openRequest = (draft: Draft, org: string, body: Body, what: New): Refusal | undefined => {
  const { commandId: requestId, donor } = body;
  const { line, terms } = what;
  if (draft.view.request(org, requestId)) {
    return refuse('command-id-reused', `request ${requestId} of ${org} exists already`);
  }
  if (line.to <= draft.now) {
    const fields = [{ path: 'for.line.to', because: `has passed (it is ${draft.now})` }];
    return refuse('bad-time', 'the line has ended already', fields);
  }
  const answerBy = earlier(addMinutes(draft.now, ANSWER_MINUTES), line.to);
  const name = { host: org, requestId };
  draft.emit({
    type: 'muster.request.submitted.v1',
    data: {
      ...name,
      lines: [line],
      terms,
      answerBy,
      confirmWithinMinutes: what.confirmWithinMinutes ?? CONFIRM_WITHIN_MINUTES_DEFAULT,
      approval: AGREEMENT,
    },
  });
  const recipients = [{ force: donor, lineIds: [line.lineId] }];
  draft.emit({
    type: 'muster.request.issued.v1',
    data: { ...name, tier: tierOf(org, recipients), recipients, answerBy },
  });
  return undefined;
};

const badAgreement = (org: string, { donor, agreedAt }: Body, now: string): Refusal | undefined => {
  const because =
    agreedAt > now
      ? `lies in the future (it is ${now})`
      : agreedAt < addMinutes(now, -AGREED_AGO_MINUTES_MAX)
        ? `lies more than ${AGREED_AGO_MINUTES_MAX / 60} hours back; ask the donor for an offer instead`
        : undefined;
  if (because) return refuse('bad-time', `agreedAt ${because}`, [{ path: 'agreedAt', because }]);
  if (!isForce(donor) || donor === org) return refuse('invalid', 'a force cannot agree with itself');
  return undefined;
};

/**
 * The host back-fills what it agreed with a donor outside the mesh: request, reservation and all in one
 * append. It is a claim until the donor's own ledger confirms it.
 */
export const decideAgreement = (org: string, body: Body, view: LedgerView, now: string): Decision => {
  const fault = badAgreement(org, body, now);
  if (fault) return fault;
  const { commandId, for: what, donor, capabilityId, quantity, agreedAt, agreedWith, means } = body;
  const offerId = callId(commandId, 1);
  if (typeof offerId !== 'string') return offerId;
  const draft = startDraft(view, now);
  const unopened = what.kind === 'new' ? openRequest(draft, org, body, what) : undefined;
  if (unopened) return unopened;
  const requestId = what.kind === 'new' ? commandId : what.requestId;
  const lineId = what.kind === 'new' ? what.line.lineId : what.lineId;
  const name = { host: org, requestId };
  const line = draft.view.request(org, requestId)?.lines.find((each) => each.lineId === lineId);
  const refused = call(draft, name, {
    lineId,
    donor,
    capabilityId,
    quantity,
    offerId,
    because: { kind: 'agreement', agreedAt, agreedWith, means },
    approval: AGREEMENT,
    ...(body.override && { override: { ...body.override, by: body.actor.id } }),
    ...(line && { startedAt: later(line.from, agreedAt) }),
  });
  if (refused) return refused;
  dropOffersOfFullLine(draft, org, requestId, lineId);
  return draft.done();
};

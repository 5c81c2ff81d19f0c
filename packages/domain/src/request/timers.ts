import type { MusterEvent, Recipient, TimerName } from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import {
  closeIfDone,
  dropOpenOffers,
  hasLostUnits,
  lapse,
  notifyAll,
  type RequestName,
  settleMinimum,
} from './ending.ts';
import { lastEnd } from './lines.ts';
import { answerKey, type RequestState } from './state.ts';

const NOTHING: Decision = { events: [] };

/** The deadlines that an event sets. */
export const deadlinesOf = (event: MusterEvent): { timer: TimerName; at: string }[] => {
  switch (event.type) {
    case 'muster.request.submitted.v1': {
      const { host: owner, requestId: id, answerBy, lines } = event.data;
      const aggregate = { kind: 'request', owner, id } as const;
      return [
        { timer: { aggregate, name: 'answer-by' }, at: answerBy },
        { timer: { aggregate, name: 'end' }, at: lastEnd(lines) },
      ];
    }
    case 'muster.offer.accepted.v1': {
      const { host: owner, requestId: id, offerId, confirmBy } = event.data;
      const aggregate = { kind: 'request', owner, id } as const;
      return [{ timer: { aggregate, name: `confirm-${offerId}` }, at: confirmBy }];
    }
    default:
      return [];
  }
};

/** The asked forces that have said nothing, with the lines on which they are silent. */
const silentForces = (request: RequestState): Recipient[] =>
  request.recipients.flatMap(({ force, lineIds }) => {
    const silent = lineIds.filter(
      (lineId) => request.answers.get(answerKey(force, lineId))?.answer === 'waiting',
    );
    return silent.length > 0 ? [{ force, lineIds: silent }] : [];
  });

const liveRequest = (draft: Draft, { host, requestId }: RequestName): RequestState | undefined => {
  const request = draft.view.request(host, requestId);
  return request?.phase.kind === 'live' ? request : undefined;
};

/** Silence is an outcome: puts on record who stayed silent, and tells them. */
const expireAnswers = (draft: Draft, request: RequestState): void => {
  const { host, requestId } = request;
  const silent = silentForces(request);
  draft.emit({ type: 'muster.request.answer_time_expired.v1', data: { host, requestId, silent } });
  for (const { force, lineIds } of silent) {
    const notice = { kind: 'answer-time-expired' as const, lineIds };
    draft.emit({ type: 'muster.request.notice.v1', data: { host, requestId, force, notice } });
  }
};

/** The time to answer has passed. */
export const decideAnswerTime = (name: RequestName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  const request = liveRequest(draft, name);
  if (!request || request.answerTimePassed || now < request.answerBy) return NOTHING;
  expireAnswers(draft, request);
  for (const { lineId } of request.lines) {
    // A host that took less than its minimum knowingly keeps it; one that lost units does not.
    if (hasLostUnits(request, lineId)) settleMinimum(draft, name, lineId);
  }
  closeIfDone(draft, name);
  return draft.done();
};

/** The last window has ended: what was not confirmed lapses, and a request with nothing committed expires. */
export const decideRequestEnd = (name: RequestName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  const request = liveRequest(draft, name);
  if (!request || now < request.end) return NOTHING;
  if (!request.answerTimePassed) expireAnswers(draft, request);
  const offers = [...request.offers.values()];
  for (const offer of offers) {
    if (offer.status === 'accepted') lapse(draft, name, offer, 'request-expired');
  }
  dropOpenOffers(draft, name, offers);
  if (offers.some(({ status }) => status === 'committed')) {
    closeIfDone(draft, name);
    return draft.done();
  }
  const { host, requestId } = request;
  draft.emit({ type: 'muster.request.expired.v1', data: { host, requestId } });
  notifyAll(draft, request, { kind: 'expired' });
  return draft.done();
};

/**
 * The home force did not confirm in time: the line opens again, the unit stays taken until home has answered.
 * What that means for the line's minimum is settled with home's answer.
 */
export const decideConfirmTime = (
  name: RequestName,
  offerId: string,
  view: LedgerView,
  now: string,
): Decision => {
  const draft = startDraft(view, now);
  const offer = draft.view.request(name.host, name.requestId)?.offers.get(offerId);
  if (offer?.status !== 'accepted' || now < offer.accepted.confirmBy) return NOTHING;
  lapse(draft, name, offer, 'confirm-time-passed');
  closeIfDone(draft, name);
  return draft.done();
};

/** The request may have come to its end by returns that were decided side by side. */
export const decideClose = (name: RequestName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  if (!liveRequest(draft, name)) return NOTHING;
  closeIfDone(draft, name);
  return draft.done();
};

import type { BookingChange, MusterEvent, Recipient, TimerName } from '@muster/contracts';
import { claimDeadlines, isClaimEvent } from '../claim/evolve.ts';
import { stayDeadlines } from '../deployment/deadlines.ts';
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
  TAKEN_BACK,
} from './ending.ts';
import { carryOn } from './escalate.ts';
import { lastEnd } from './lines.ts';
import { answerKey, type RequestState } from './state.ts';

const NOTHING: Decision = { events: [] };

/** The deadlines that an event sets. */
export const deadlinesOf = (event: MusterEvent): { timer: TimerName; at: string }[] => {
  switch (event.type) {
    case 'muster.request.submitted.v1':
    case 'muster.request.amended.v1': {
      const { host: owner, requestId: id, answerBy, lines } = event.data;
      const aggregate = { kind: 'request', owner, id } as const;
      const { approval } = event.data;
      const oral = event.type === 'muster.request.submitted.v1' && approval.basis === 'oral';
      return [
        { timer: { aggregate, name: 'answer-by' }, at: answerBy },
        { timer: { aggregate, name: 'end' }, at: lastEnd(lines) },
        ...(oral ? [{ timer: { aggregate, name: 'approval-by' }, at: approval.retrospectiveBy }] : []),
      ];
    }
    case 'muster.offer.made.v1': {
      const { host: owner, requestId: id, offerId, validUntil } = event.data;
      const aggregate = { kind: 'request', owner, id } as const;
      return validUntil ? [{ timer: { aggregate, name: `valid-${offerId}` }, at: validUntil }] : [];
    }
    case 'muster.offer.accepted.v1':
    case 'muster.offer.called.v1': {
      const { host: owner, requestId: id, offerId, confirmBy } = event.data;
      const aggregate = { kind: 'request', owner, id } as const;
      return [{ timer: { aggregate, name: `confirm-${offerId}` }, at: confirmBy }];
    }
    case 'muster.request.issued.v1': {
      const { host: owner, requestId: id, answerBy, again, nextWaveAt } = event.data;
      const aggregate = { kind: 'request', owner, id } as const;
      return [
        ...(again ? [{ timer: { aggregate, name: 'answer-by' }, at: answerBy }] : []),
        ...(nextWaveAt ? [{ timer: { aggregate, name: 'wave' }, at: nextWaveAt }] : []),
      ];
    }
    case 'muster.request.escalation_asked.v1': {
      const { host: owner, requestId: id, acceptBy } = event.data;
      return [{ timer: { aggregate: { kind: 'request', owner, id }, name: 'accept-by' }, at: acceptBy }];
    }
    case 'muster.return.requested.v1': {
      const { donor: owner, deploymentId: id, raiseAt } = event.data;
      return [{ timer: { aggregate: { kind: 'deployment', owner, id }, name: 'recall' }, at: raiseAt }];
    }
    default:
      return isClaimEvent(event) ? claimDeadlines(event) : stayDeadlines(event);
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

/** A host that took less than its minimum knowingly keeps it; one that lost units does not. */
const settleMinimums = (draft: Draft, name: RequestName, request: RequestState): void => {
  for (const { lineId } of request.lines) {
    if (hasLostUnits(request, lineId)) settleMinimum(draft, name, lineId);
  }
};

/** The time to answer has passed. */
export const decideAnswerTime = (name: RequestName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  const request = liveRequest(draft, name);
  if (!request || request.answerTimePassed || now < request.answerBy) return NOTHING;
  expireAnswers(draft, request);
  settleMinimums(draft, name, request);
  closeIfDone(draft, name);
  carryOn(draft, nameOf(name));
  return draft.done();
};

/** The last window has ended: what was not confirmed lapses, and a request with nothing committed expires. */
export const decideRequestEnd = (name: RequestName, view: LedgerView, now: string): Decision => {
  const draft = startDraft(view, now);
  const waiting = draft.view.request(name.host, name.requestId);
  if (waiting?.phase.kind === 'awaiting' && now >= waiting.end) {
    draft.emit({ type: 'muster.request.expired.v1', data: nameOf(name) });
    return draft.done();
  }
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

/**
 * What decisions that were made side by side could not see of each other: a line whose minimum went out of
 * reach, and a request that has come to its end.
 */
export const decideSettle = (name: RequestName, view: LedgerView, now: string): Decision => {
  // Asked often and seldom needed, so a request that has ended is not copied first.
  if (view.request(name.host, name.requestId)?.phase.kind !== 'live') return NOTHING;
  const draft = startDraft(view, now);
  const request = liveRequest(draft, name);
  if (!request) return NOTHING;
  settleMinimums(draft, name, request);
  closeIfDone(draft, name);
  if (request.answerTimePassed) carryOn(draft, nameOf(name));
  return draft.done();
};

const nameOf = ({ host, requestId }: RequestName): RequestName => ({ host, requestId });

/** Booking changes after which a line has lost units, or a request its last ones. */
const LOSES: readonly string[] = ['refused', 'void', 'returned', 'handed-on'];

const loses = (change: BookingChange): boolean =>
  LOSES.includes(change.kind) || (change.kind === 'released' && TAKEN_BACK.includes(change.reasonCode));

/**
 * The requests to be settled after an event. One whose decision rested on bookings that it did not write may
 * have missed what was decided at the same time; whichever of them stands later in the ledger sees both.
 */
export const settledAfter = (event: MusterEvent, view: LedgerView): RequestName[] => {
  switch (event.type) {
    case 'muster.booking.changed.v1': {
      const { donor, capabilityId, changes } = event.data;
      const bookings = view.bookings(donor, capabilityId)?.bookings;
      const lost = changes.filter(loses);
      return lost.flatMap(({ bookingId }) => bookings?.get(bookingId) ?? []).map(nameOf);
    }
    case 'muster.offer.accepted.v1': {
      // Units that were on offer and are not taken do not cover the line any more.
      const { host, requestId, offerId, quantity } = event.data;
      const offer = view.request(host, requestId)?.offers.get(offerId);
      return offer && quantity < offer.quantity ? [nameOf(event.data)] : [];
    }
    case 'muster.request.answer_time_expired.v1':
    // A line may be short again, or have all that it still needs.
    case 'muster.request.amended.v1':
    case 'muster.offer.declined.v1':
    case 'muster.offer.lapsed.v1':
    case 'muster.offer.withdrawn.v1':
    case 'muster.offer.not_selected.v1':
    case 'muster.offer.left_out.v1':
      return [nameOf(event.data)];
    default:
      return [];
  }
};

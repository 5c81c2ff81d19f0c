import type { EventData, LapseReason, ReleaseReason, RequestLine } from '@muster/contracts';
import { isHome } from '../deployment/parties.ts';
import type { Draft } from '../ledger/draft.ts';
import { mayGoFurther } from './escalate.ts';
import { isOpen, lineCounts, lineOf, offersOn, provisionalOn } from './lines.ts';
import { answerKey, type Offer, type RequestState } from './state.ts';

/** Names a request. */
export type RequestName = { host: string; requestId: string };

type Held = Extract<Offer, { accepted: unknown }>;

const bookingOf = (draft: Draft, offer: Offer) =>
  draft.view.bookings(offer.donor, offer.capabilityId)?.bookings.get(offer.offerId);

/** The reservation loses its line; the unit stays taken until the home force has answered. */
export const lapse = (
  draft: Draft,
  { host, requestId }: RequestName,
  offer: Held,
  reasonCode: LapseReason,
  said: { by?: string; reason?: string } = {},
): void => {
  const { offerId, lineId, donor, capabilityId } = offer;
  draft.emit({
    type: 'muster.offer.lapsed.v1',
    data: { host, requestId, offerId, lineId, donor, reasonCode, ...said },
  });
  if (bookingOf(draft, offer)?.status !== 'reserved') return;
  const change = { bookingId: offerId, token: offer.accepted.token, reasonCode };
  draft.change(donor, capabilityId, { kind: 'lapsing', ...change });
};

/** The units go home; they stay taken until the donor reports them returned. */
export const release = (draft: Draft, host: string, offer: Held, reasonCode: ReleaseReason): void => {
  const { offerId, donor, capabilityId } = offer;
  if (bookingOf(draft, offer)?.status !== 'confirmed') return;
  const change = { bookingId: offerId, token: offer.accepted.token, reasonCode };
  draft.change(donor, capabilityId, { kind: 'released', ...change });
  draft.emit({
    type: 'muster.resource.released.v1',
    data: { donor, deploymentId: offerId, host, releasedAt: draft.now, reasonCode, to: 'origin' },
  });
};

/** Tells offers that are still open that they were not taken. */
export const dropOpenOffers = (
  draft: Draft,
  { host, requestId }: RequestName,
  offers: readonly Offer[],
): void => {
  for (const offer of offers) {
    if (!isOpen(offer)) continue;
    const { offerId, lineId, donor } = offer;
    draft.emit({
      type: 'muster.offer.not_selected.v1',
      data: { host, requestId, offerId, lineId, donor },
    });
  }
};

export const notifyAll = (
  draft: Draft,
  request: RequestState,
  notice: EventData<'muster.request.notice.v1'>['notice'],
): void => {
  const { host, requestId } = request;
  for (const { force } of request.recipients) {
    draft.emit({ type: 'muster.request.notice.v1', data: { host, requestId, force, notice } });
  }
};

/** True while a force that was asked for the line may still offer something. */
export const mayStillBeOffered = (request: RequestState, lineId: string, now: string): boolean => {
  if (request.answerTimePassed || now >= request.answerBy) return false;
  return request.recipients.some(
    ({ force, lineIds }) =>
      lineIds.includes(lineId) && request.answers.get(answerKey(force, lineId))?.answer === 'waiting',
  );
};

/**
 * The most that the line can still come to: what it has, what is on offer, and what has lapsed but may yet be
 * confirmed; without bound while a force that was asked may still offer.
 */
export const reachable = ({ view, now }: Draft, request: RequestState, line: RequestLine): number => {
  if (mayStillBeOffered(request, line.lineId, now) || mayGoFurther(request, now)) {
    return Number.POSITIVE_INFINITY;
  }
  const { reserved, committed, offered } = lineCounts(request, line);
  const pending = offersOn(request, line.lineId)
    .filter((offer) => offer.status === 'lapsed' && offer.reasonCode !== 'accepted-in-error')
    .map(({ donor, capabilityId, offerId }) => view.bookings(donor, capabilityId)?.bookings.get(offerId))
    .reduce((sum, booking) => (booking?.status === 'lapsing' ? sum + booking.quantity : sum), 0);
  return reserved + committed + offered + provisionalOn(request, line.lineId) + pending;
};

/**
 * Sends home what a line has when its minimum can no longer be met: fewer are of no use to the host.
 * Called where a line has lost units for good, or may not gain any more.
 */
export const settleMinimum = (draft: Draft, name: RequestName, lineId: string): void => {
  const request = draft.view.request(name.host, name.requestId);
  const line = request && lineOf(request, lineId);
  if (!request || !line || request.phase.kind !== 'live') return;
  // What is left of a line that was filled may be on task: whether it stays is for people to say.
  if (hasLostLent(request, lineId)) return;
  if (reachable(draft, request, line) >= line.minimumQuantity) return;
  for (const offer of offersOn(request, lineId)) {
    if (offer.status === 'accepted') lapse(draft, name, offer, 'minimum-not-met');
    if (offer.status === 'committed') release(draft, name.host, offer, 'minimum-not-met');
  }
};

/** Whether the line lost an offer that it had taken. */
export const hasLostUnits = (request: RequestState, lineId: string): boolean =>
  offersOn(request, lineId).some(({ status }) => status === 'refused' || status === 'lapsed');

const isReturned = (draft: Draft, offer: Offer): boolean =>
  isHome(draft.view.deployment(offer.donor, offer.offerId)?.status);

/** Why a line lost units that it had been lent: by recall, forfeit or abort. */
export const TAKEN_BACK: readonly (ReleaseReason | undefined)[] = [
  'recalled',
  'forfeited',
  'aborted',
  'made-in-error',
];

/** Whether a recall, a forfeit or an abort has taken units from the line. */
const hasLostLent = (request: RequestState, lineId: string): boolean =>
  offersOn(request, lineId).some(
    (each) => each.status === 'stood-down' && TAKEN_BACK.includes(each.reasonCode),
  );

/** Whether the host still wants units for a line that was opened again: to end it is then its own decision. */
const isOpenAgain = (request: RequestState, now: string): boolean =>
  request.lines.some(
    (line) => now < line.to && hasLostLent(request, line.lineId) && lineCounts(request, line).unfilled > 0,
  );

/** Whether the request can come to nothing more before its answer time: no offer, and nobody to make one. */
const nothingToCome = (request: RequestState, now: string): boolean =>
  ![...request.offers.values()].some(isOpen) &&
  request.lines.every(
    (line) => lineCounts(request, line).unfilled === 0 || !mayStillBeOffered(request, line.lineId, now),
  );

/** Closes a request whose last deployment has returned, once nothing is reserved and nothing can follow. */
export const closeIfDone = (draft: Draft, name: RequestName): void => {
  const request = draft.view.request(name.host, name.requestId);
  if (request?.phase.kind !== 'live') return;
  const offers = [...request.offers.values()];
  const deployed = offers.filter(({ status }) => status === 'committed' || status === 'stood-down');
  if (deployed.length === 0 || !deployed.every((offer) => isReturned(draft, offer))) return;
  if (offers.some(({ status }) => status === 'accepted')) return;
  if (isOpenAgain(request, draft.now) || (request.reach.asked && draft.now < request.end)) return;
  if (!request.answerTimePassed && !nothingToCome(request, draft.now)) return;
  dropOpenOffers(draft, name, offers);
  draft.emit({ type: 'muster.request.closed.v1', data: { ...name } });
  notifyAll(draft, request, { kind: 'closed' });
};

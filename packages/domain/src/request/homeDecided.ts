import { refuse } from '@muster/contracts';
import type { Booking } from '../booking/state.ts';
import { decideExtensionDecided } from '../deployment/extension.ts';
import { handOn } from '../deployment/next.ts';
import { raiseSecondment } from '../deployment/secondment.ts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, HomeDecisionEntry, InternalCommand, LedgerView } from '../ledger/view.ts';
import { dropOffersOfFullLine } from './accept.ts';
import { isWithinLimit } from './cost.ts';
import { closeIfDone, reachable, settleMinimum } from './ending.ts';
import { lineCounts, lineOf } from './lines.ts';

export type HomeDecided = Extract<InternalCommand, { name: 'home-decided' }>;
type Confirmed = Extract<HomeDecisionEntry, { kind: 'confirmed' }>;
type Refused = Extract<HomeDecisionEntry, { kind: 'refused' }>;
type Where = { donor: string; capabilityId: string; homeVersion: number };

const ofCommitment = (where: Where, booking: Booking) => ({
  host: booking.host,
  requestId: booking.requestId,
  offerId: booking.bookingId,
  lineId: booking.lineId,
  donor: where.donor,
  capabilityId: where.capabilityId,
  token: booking.token,
  homeVersion: where.homeVersion,
});

/** Whether the line needs these units although their reservation has lapsed. */
const stillNeeded = (draft: Draft, booking: Booking): boolean => {
  const request = draft.view.request(booking.host, booking.requestId);
  const line = request && lineOf(request, booking.lineId);
  if (!request || !line || request.phase.kind !== 'live' || draft.now >= line.to) return false;
  const offer = request.offers.get(booking.bookingId);
  // What the host did not mean to take it does not keep either.
  if (offer?.status === 'lapsed' && offer.reasonCode === 'accepted-in-error') return false;
  const agreed = offer && 'accepted' in offer ? offer.accepted.agreedCost : undefined;
  return (
    isWithinLimit(request, agreed?.amountPence ?? 0) &&
    booking.quantity <= lineCounts(request, line).unfilled &&
    reachable(draft, request, line) >= line.minimumQuantity
  );
};

/** The home force lends: a commitment, used by the line or sent home at once. */
const confirm = (draft: Draft, where: Where, booking: Booking, entry: Confirmed): void => {
  const { donor, capabilityId, homeVersion } = where;
  const { bookingId, token, host, requestId, lineId, quantity, from, to } = booking;
  // What the home force says at its commitment is newer than what it offered with.
  const duty = entry.duty ?? draft.view.request(host, requestId)?.offers.get(bookingId)?.duty;
  const isUsed = booking.status === 'reserved' || stillNeeded(draft, booking);
  draft.emit({
    type: 'muster.commitment.made.v1',
    data: {
      ...ofCommitment(where, booking),
      quantity,
      from,
      to,
      deploymentId: bookingId,
      outcome: isUsed ? 'used' : 'released',
      ...(duty && { duty }),
      approval: entry.approval,
    },
  });
  draft.change(donor, capabilityId, { kind: 'confirmed', bookingId, token, homeVersion });
  const ofDeployment = { donor, deploymentId: bookingId, host };
  draft.emit({
    type: 'muster.deployment.opened.v1',
    data: {
      ...ofDeployment,
      ...{ requestId, lineId, bookingId, capabilityId, quantity, from, to, token },
      ...(duty && { duty }),
      ...(booking.continues && { continues: booking.continues }),
    },
  });
  handOn(draft, { donor, capabilityId, next: booking });
  raiseSecondment(draft, { donor, deploymentId: bookingId });
  if (isUsed) {
    dropOffersOfFullLine(draft, host, requestId, lineId);
    return;
  }
  const reasonCode = 'confirmed-too-late';
  draft.change(donor, capabilityId, { kind: 'released', bookingId, token, reasonCode });
  draft.emit({
    type: 'muster.resource.released.v1',
    data: { ...ofDeployment, releasedAt: draft.now, reasonCode, to: 'origin' },
  });
};

/** What has lapsed will not come: the unit is free, and the line knows for good that it has to do without. */
const giveUp = (draft: Draft, { donor, capabilityId, homeVersion }: Where, booking: Booking): void => {
  const { bookingId, token, host, requestId, lineId } = booking;
  draft.change(donor, capabilityId, { kind: 'void', bookingId, token, homeVersion });
  settleMinimum(draft, { host, requestId }, lineId);
};

/** The home force does not lend: the line opens again. */
const decline = (draft: Draft, where: Where, booking: Booking, entry: Refused): void => {
  const { donor, capabilityId, homeVersion } = where;
  const { bookingId, token, host, requestId, lineId } = booking;
  if (booking.status === 'lapsing') {
    giveUp(draft, where, booking);
    return;
  }
  const { reasonCode } = entry;
  draft.emit({
    type: 'muster.commitment.refused.v1',
    data: { ...ofCommitment(where, booking), reasonCode },
  });
  draft.change(donor, capabilityId, { kind: 'refused', bookingId, token, homeVersion, reasonCode });
  settleMinimum(draft, { host, requestId }, lineId);
};

/** Brings one decision of a home ledger into the hub's. Repeating it changes nothing. */
export const decideHomeDecided = (command: HomeDecided, view: LedgerView, now: string): Decision => {
  const { donor, capabilityId, entry } = command;
  if (entry.kind === 'extension-confirmed' || entry.kind === 'extension-refused') {
    return decideExtensionDecided({ ...command, entry }, view, now);
  }
  const booking = view.bookings(donor, capabilityId)?.bookings.get(entry.bookingId);
  const name = `booking ${entry.bookingId} of ${donor}/${capabilityId}`;
  if (!booking) return refuse('not-found', `${name} is not in the ledger`);
  if (booking.token !== entry.token) {
    return refuse('wrong-status', `${name} has token ${booking.token}, the home ledger says ${entry.token}`);
  }
  if (booking.status !== 'reserved' && booking.status !== 'lapsing') return { events: [] };
  const draft = startDraft(view, now);
  switch (entry.kind) {
    case 'confirmed':
      confirm(draft, command, booking, entry);
      break;
    case 'refused':
      decline(draft, command, booking, entry);
      break;
    case 'void':
      if (booking.status === 'reserved') {
        return refuse('wrong-status', `${name} is reserved; only what is lapsing can be void`);
      }
      giveUp(draft, command, booking);
  }
  const { host, requestId } = booking;
  closeIfDone(draft, { host, requestId });
  return draft.done();
};

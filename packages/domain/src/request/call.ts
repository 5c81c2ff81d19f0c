import {
  type Approval,
  type CallCause,
  COMMAND_ID_LENGTH_MAX,
  type Interval,
  isRefusal,
  type LegalBasis,
  type Refusal,
  type RequestLine,
  refuse,
} from '@muster/contracts';
import type { Override } from '../duty/check.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Advert } from '../ledger/view.ts';
import { freeOf, restedFreeOf } from '../matching/eligibility.ts';
import { distanceKm, travelMinutes } from '../matching/travel.ts';
import { addMinutes, earlier } from '../time/instants.ts';
import { type Reservation, reservable } from './accept.ts';
import { lineCounts, lineOf } from './lines.ts';
import { lineOver, requestEnded } from './refusals.ts';
import type { RequestState } from './state.ts';

/** Units of one capability that are to be reserved for a line although nobody has offered them. */
export type Call = {
  lineId: string;
  donor: string;
  capabilityId: string;
  quantity: number;
  offerId: string;
  because: CallCause;
  approval: Approval;
  /** Where it is not that of the request. */
  legalBasis?: LegalBasis;
  /** When the units left, where that lies behind; none: the line's own start. */
  startedAt?: string;
  /** Takes units although they should rest. */
  override?: Override | undefined;
};

/**
 * The id of the n-th reservation of a command, from 1.
 * @returns a refusal when the command's id leaves no room for it.
 */
export const callId = (commandId: string, n: number): string | Refusal => {
  const id = `${commandId}-${n}`;
  if (id.length <= COMMAND_ID_LENGTH_MAX) return id;
  const because = `the ids of its reservations are made from it and would be longer than ${COMMAND_ID_LENGTH_MAX} characters`;
  return refuse('invalid', `the command id is too long: ${because}`, [{ path: 'commandId', because }]);
};

/** The line, if so many of its units may still be reserved now. */
const lineFor = (request: RequestState, call: Call, now: string): RequestLine | Refusal => {
  const { lineId, quantity, offerId } = call;
  const line = lineOf(request, lineId);
  if (request.phase.kind !== 'live') return requestEnded(request);
  if (!line) return refuse('not-found', `the request has no line ${lineId}`);
  if (now >= line.to) return lineOver(line);
  if (request.offers.has(offerId)) {
    return refuse(
      'command-id-reused',
      `the request has an offer ${offerId} already; choose another command id`,
    );
  }
  const { unfilled } = lineCounts(request, line);
  return quantity > unfilled
    ? refuse(
        'line-full',
        `line ${lineId} needs ${unfilled} more, not ${quantity}; take fewer, or amend the line`,
      )
    : line;
};

/**
 * The span that is booked: from when the units left, if they were free then by all that is on record; else from
 * where the reservation was judged, so that no record shows a unit lent twice.
 */
const recordedSpan = (
  { view, now }: Draft,
  advert: Advert,
  { startedAt, quantity }: Call,
  { span, reliedOn }: Reservation,
): Interval => {
  if (startedAt === undefined) return span;
  const whole = { from: earlier(startedAt, span.from), to: span.to };
  const isOnRecord =
    whole.from >= reliedOn.windowFrom &&
    freeOf(view, advert, whole, now) >= quantity &&
    restedFreeOf(view, advert, whole, now) >= quantity;
  return isOnRecord ? whole : span;
};

/** Reserves the units of a call in the draft, or says why that cannot be done. */
export const call = (
  draft: Draft,
  name: { host: string; requestId: string },
  wanted: Call,
): Refusal | undefined => {
  const { view, now } = draft;
  const { donor, capabilityId, quantity, offerId, because, approval } = wanted;
  const request = view.request(name.host, name.requestId);
  if (!request) return refuse('not-found', `${name.host} has no request ${name.requestId}`);
  const line = lineFor(request, wanted, now);
  if (isRefusal(line)) return line;
  if (request.costLimitPence !== undefined && because.kind !== 'direction') {
    const what = `${donor} names no cost, and the request has a limit`;
    return refuse('cost-not-agreed', `${what}; ask for an offer with an estimate`);
  }
  const asked = { offer: { donor, capabilityId }, line, quantity };
  const reservation = reservable(draft, asked, name.host, wanted.override);
  if (isRefusal(reservation)) return reservation;
  if (view.bookings(donor, capabilityId)?.bookings.has(offerId)) {
    return refuse(
      'command-id-reused',
      `${donor}/${capabilityId} has a booking ${offerId}; choose another command id`,
    );
  }
  const advert = view.advert(donor, capabilityId);
  if (!advert) throw new Error(`${donor}/${capabilityId} can be reserved without an advert`);
  const { data } = advert;
  const onTheRoad = data.noticeMinutes + travelMinutes(distanceKm(data.base, line.reportTo));
  const span = recordedSpan(draft, advert, wanted, reservation);
  const token = draft.token(donor, capabilityId);
  const confirmBy = earlier(addMinutes(now, request.confirmWithinMinutes), line.to);
  draft.emit({
    type: 'muster.offer.called.v1',
    data: {
      ...name,
      offerId,
      lineId: line.lineId,
      donor,
      capabilityId,
      capabilityCode: data.code,
      quantity,
      ...span,
      token,
      confirmBy,
      estimatedArrival: wanted.startedAt ?? addMinutes(now, Math.ceil(onTheRoad)),
      legalBasis: wanted.legalBasis ?? request.terms.legalBasis,
      costCategory: request.terms.costCategory,
      because,
      ...(reservation.override && { override: reservation.override }),
      approval,
    },
  });
  draft.change(donor, capabilityId, {
    kind: 'reserved',
    bookingId: offerId,
    token,
    ...name,
    lineId: line.lineId,
    quantity,
    ...span,
    confirmBy,
    reliedOn: reservation.reliedOn,
    called: because.kind,
    ...(because.kind === 'plan' && { policyVersion: because.policyVersion }),
    ...(reservation.override && { override: reservation.override }),
  });
  draft.emit({
    type: 'muster.request.notice.v1',
    data: {
      ...name,
      force: donor,
      notice: {
        kind: 'called',
        line,
        terms: request.terms,
        offerId,
        capabilityId,
        quantity,
        confirmBy,
        because,
      },
    },
  });
  return undefined;
};

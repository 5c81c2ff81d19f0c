import {
  type CommandBody,
  type Continued,
  type Duty,
  type DutyOverride,
  type Interval,
  isRefusal,
  type Refusal,
  type ReliedOn,
  type RequestLine,
  refuse,
} from '@muster/contracts';
import { continuation } from '../deployment/next.ts';
import { breachesOf, type Override, passOver } from '../duty/check.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Advert } from '../ledger/view.ts';
import { freeOf, neededSpan, rejections, windowFor } from '../matching/eligibility.ts';
import { weightsInForce } from '../matching/weights.ts';
import { HOST_ACCEPTANCE } from '../policies.ts';
import { addMinutes, earlier } from '../time/instants.ts';
import { agreedOf, categoryOf, costFault } from './cost.ts';
import { dropOpenOffers } from './ending.ts';
import { isGood, lineCounts, lineOf, offersOn } from './lines.ts';
import { refusalOf } from './offering.ts';
import { lineOver, offerNotOpen, offerRanOut } from './refusals.ts';
import type { Offer, RequestState } from './state.ts';

export type Chosen = { offer: Offer; line: RequestLine; quantity: number };

/** The offer and its line, if the host may take so many units of it now. */
export const choose = (
  request: RequestState,
  { offerId, quantity }: CommandBody<'offer-accept'>['accept'][number],
  index: number,
  now: string,
): Chosen | Refusal => {
  const offer = request.offers.get(offerId);
  const line = offer && lineOf(request, offer.lineId);
  if (!offer || !line) return refuse('not-found', `the request has no offer ${offerId}`);
  if (offer.status !== 'made') return offerNotOpen(offer);
  if (!isGood(offer, now)) return offerRanOut(offer);
  if (quantity > offer.quantity) {
    const fields = [{ path: `accept[${index}].quantity`, because: `only ${offer.quantity} are offered` }];
    return refuse(
      'invalid',
      `${offer.donor} offers ${offer.quantity}, not ${quantity}; take at most those`,
      fields,
    );
  }
  if (now >= line.to) return lineOver(line);
  const { unfilled } = lineCounts(request, line);
  if (quantity > unfilled) {
    return refuse(
      'line-full',
      `line ${line.lineId} needs ${unfilled} more, not ${quantity}; take fewer, or amend the line`,
    );
  }
  return { offer, line, quantity };
};

export type Reservation = {
  span: Interval;
  reliedOn: ReliedOn;
  /** Rules of rest or working time that were passed over. */
  override?: DutyOverride | undefined;
  /** The booking from which the units go on. */
  continues?: Continued | undefined;
};

type Wanted = {
  offer: {
    donor: string;
    capabilityId: string;
    duty?: Duty | undefined;
    estimatedArrival?: string | undefined;
    continues?: string | undefined;
  };
  line: RequestLine;
  quantity: number;
};

/** What the reservation would rest on, or why the capability cannot be reserved now. */
export const reservable = (
  draft: Draft,
  { offer, line, quantity }: Wanted,
  host: string,
  override?: Override,
): Reservation | Refusal => {
  const { view, now } = draft;
  const { donor, capabilityId } = offer;
  const capability = `${donor}/${capabilityId}`;
  const advert: Advert | undefined = view.advert(donor, capabilityId);
  if (!advert)
    return refuse(
      'advert-not-current',
      `${capability} is not advertised any more; choose another offer, or ask its force to advertise it again`,
    );
  const ineligible = refusalOf(capability, rejections(advert, line, host, now));
  if (ineligible) return ineligible;
  if (!view.bookings(donor, capabilityId)) {
    return refuse('unavailable', `the ledger does not hold ${capability} yet; send the same command again`);
  }
  const onward =
    offer.continues === undefined
      ? undefined
      : continuation(view, { donor, capabilityId, quantity, continues: offer.continues });
  if (onward && isRefusal(onward)) return onward;
  const except = onward?.bookingId;
  const span = neededSpan(line, advert, now);
  const free = freeOf(view, advert, span, now, except);
  if (free < quantity) {
    return refuse(
      'no-capacity',
      `${capability} has ${free} free from ${span.from} to ${span.to}, not ${quantity}; take fewer, or choose another offer`,
    );
  }
  const breached = breachesOf(draft, advert, { span, quantity, units: offer, except });
  const passed = passOver(breached, override, capability);
  if (passed && isRefusal(passed)) return passed;
  const window = windowFor(advert, span);
  if (!window) throw new Error(`${capability} is eligible without a window`);
  const { revision, expiresAt, minRestMinutes } = advert.data;
  return {
    span,
    ...(passed && { override: passed }),
    ...(onward && { continues: onward }),
    reliedOn: {
      revision,
      quantity: advert.data.quantity,
      windowFrom: window.from,
      windowTo: window.to,
      expiresAt,
      ...(minRestMinutes > 0 && { minRestMinutes }),
    },
  };
};

/** Reserves the units and turns the offer into an accepted one, both in the draft. */
const reserve = (
  draft: Draft,
  request: RequestState,
  { offer, line, quantity }: Chosen,
  { span, reliedOn, override, continues }: Reservation,
  {
    fundingRef,
    policyVersion = weightsInForce(draft.view).version,
  }: Pick<Taking, 'fundingRef' | 'policyVersion'>,
): void => {
  const agreedCost = agreedOf(offer, quantity);
  const { host, requestId, terms } = request;
  const { offerId, lineId, donor, capabilityId } = offer;
  const token = draft.token(donor, capabilityId);
  const confirmBy = earlier(addMinutes(draft.now, request.confirmWithinMinutes), line.to);
  draft.emit({
    type: 'muster.offer.accepted.v1',
    data: {
      host,
      requestId,
      offerId,
      lineId,
      donor,
      capabilityId,
      quantity,
      ...span,
      token,
      confirmBy,
      legalBasis: terms.legalBasis,
      costCategory: categoryOf(request, offer),
      ...(agreedCost && { agreedCost }),
      ...(fundingRef !== undefined && { fundingRef }),
      ...(override && { override }),
      policyVersion,
      approval: HOST_ACCEPTANCE,
    },
  });
  draft.change(donor, capabilityId, {
    kind: 'reserved',
    bookingId: offerId,
    token,
    host,
    requestId,
    lineId,
    quantity,
    ...span,
    confirmBy,
    reliedOn,
    ...(override && { override }),
    ...(continues && { continues }),
    policyVersion,
  });
};

/** Other offers on a line that has all it needs were not selected. */
export const dropOffersOfFullLine = (draft: Draft, host: string, requestId: string, lineId: string): void => {
  const request = draft.view.request(host, requestId);
  const line = request && lineOf(request, lineId);
  if (!request || !line || lineCounts(request, line).unfilled > 0) return;
  dropOpenOffers(draft, { host, requestId }, offersOn(request, lineId));
};

/** What is said with an acceptance. */
export type Taking = {
  override?: Override | undefined;
  /** The host's own reference for the money. */
  fundingRef?: string | undefined;
  /** The matching policy by which it was chosen; none: the one in force. */
  policyVersion?: string;
};

/** Reserves one offer in the draft and gives its line, or says why that cannot be done. */
export const takeOffer = (
  draft: Draft,
  request: RequestState,
  each: CommandBody<'offer-accept'>['accept'][number],
  index: number,
  said: Taking = {},
): RequestLine | Refusal => {
  const chosen = choose(request, each, index, draft.now);
  if (isRefusal(chosen)) return chosen;
  const unagreed = costFault(request, chosen.offer, each, index);
  if (unagreed) return unagreed;
  const reservation = reservable(draft, chosen, request.host, said.override);
  if (isRefusal(reservation)) return reservation;
  reserve(draft, request, chosen, reservation, said);
  return chosen.line;
};

import { agreedOf, agreedPence, categoryOf } from '../../request/cost.ts';
import type { Offer, RequestState } from '../../request/state.ts';

/** Why a plan may not count on units for what they cost. Stable codes. */
export type CostReason = {
  /** Host and donor have yet to agree on the cost: nobody approves it with a plan. */
  code: 'cost-not-agreed' | 'cost-limit';
  because: string;
};

/** Most units of an open offer, or of a call where there is none, for which the cost is settled. */
export type Payable = (offer: Offer | undefined) => number | CostReason;

const notAgreed = (because: string): CostReason => ({ code: 'cost-not-agreed', because });

/** Why an offer's cost is one that its host has to agree to by itself. */
const unagreed = (request: RequestState, offer: Offer): CostReason | undefined => {
  const { host, terms, costLimitPence } = request;
  const category = categoryOf(request, offer);
  if (category !== terms.costCategory) {
    return notAgreed(
      `${offer.donor} offers under ${category}, not under ${terms.costCategory}; ${host} has to accept it itself`,
    );
  }
  const isOpen = costLimitPence !== undefined && !offer.costEstimate && category !== 'NIL_PAYBACK';
  return isOpen ? notAgreed(`${offer.donor} names no cost, and the request has a limit`) : undefined;
};

const penceFor = (offer: Offer, units: number): number => agreedOf(offer, units)?.amountPence ?? 0;

/** What is left of a limit, given to the cheapest offers first: so whatever a plan takes of them stays within it. */
const shared = (request: RequestState, offers: readonly Offer[], limit: number): Map<string, number> => {
  let left = limit - agreedPence(request);
  const shares = new Map<string, number>();
  const cheapest = [...offers].sort(
    (a, b) => penceFor(a, a.quantity) / a.quantity - penceFor(b, b.quantity) / b.quantity,
  );
  for (const offer of cheapest) {
    let units = offer.quantity;
    while (units > 0 && penceFor(offer, units) > left) units -= 1;
    shares.set(offer.offerId, units);
    left -= penceFor(offer, units);
  }
  return shares;
};

/**
 * What a plan may count on of a request's offers, so that its approval is never refused for the money: what is agreed
 * stays within the limit that was approved, and under the regime that the host asks under.
 */
export const payableOf = (request: RequestState, isOpen: (offer: Offer) => boolean): Payable => {
  const { costLimitPence: limit, host } = request;
  const agreed = [...request.offers.values()].filter(
    (offer) => isOpen(offer) && unagreed(request, offer) === undefined,
  );
  const shares = limit === undefined ? undefined : shared(request, agreed, limit);
  return (offer) => {
    if (!offer) {
      return shares
        ? notAgreed(`a call names no cost, and the request has a limit; ${host} has to ask for an offer`)
        : Number.POSITIVE_INFINITY;
    }
    const reason = unagreed(request, offer);
    if (reason) return reason;
    const share = shares?.get(offer.offerId) ?? Number.POSITIVE_INFINITY;
    if (share > 0) return share;
    return {
      code: 'cost-limit',
      because: `it goes beyond the ${limit} pence that are approved, with what is agreed and cheaper offers`,
    };
  };
};

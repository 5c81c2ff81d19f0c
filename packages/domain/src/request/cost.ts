import {
  type AgreedCost,
  type CommandBody,
  type CostCategory,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import type { Acceptance, Offer, OfferFacts, RequestState } from './state.ts';

type Taken = CommandBody<'offer-accept'>['accept'][number];

/** The lower of the limits that there are. */
export const lowest = (...limits: (number | undefined)[]): number | undefined => {
  const set = limits.filter((limit) => limit !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
};

const standingPence = (offer: Offer): number =>
  offer.status === 'accepted' || offer.status === 'committed'
    ? (offer.accepted.agreedCost?.amountPence ?? 0)
    : 0;

/** Pence agreed with donors for what is reserved and committed. */
export const agreedPence = ({ offers }: RequestState): number =>
  [...offers.values()].reduce((sum, offer) => sum + standingPence(offer), 0);

/** The donor's estimate for so many of the units, rounded up to whole pence: in proportion (our assumption). */
export const agreedOf = (
  { costEstimate, quantity }: Pick<OfferFacts, 'costEstimate' | 'quantity'>,
  taken: number,
): AgreedCost | undefined =>
  costEstimate && {
    amountPence: Math.ceil((costEstimate.amountPence * taken) / quantity),
    basis: costEstimate.basis,
  };

/** The charging regime under which the donor offers. */
export const categoryOf = (request: RequestState, offer: OfferFacts): CostCategory =>
  offer.costEstimate?.costCategory ?? request.terms.costCategory;

/** What host and donor go by for units that are lent: it stands with their acceptance. */
export const agreedFor = (
  view: Pick<LedgerView, 'request'>,
  { host, requestId, deploymentId }: { host: string; requestId: string; deploymentId: string },
): Acceptance | undefined => {
  const offer = view.request(host, requestId)?.offers.get(deploymentId);
  return offer && 'accepted' in offer ? offer.accepted : undefined;
};

/** Whether so much more may be agreed within what was approved. */
export const isWithinLimit = (request: RequestState, pence: number): boolean =>
  request.costLimitPence === undefined || agreedPence(request) + pence <= request.costLimitPence;

/** Why host and donor do not go by one cost yet, or go beyond what was approved. */
export const costFault = (
  request: RequestState,
  offer: OfferFacts,
  { quantity, costCategory }: Taken,
  index: number,
): Refusal | undefined => {
  const category = categoryOf(request, offer);
  const said = costCategory ?? request.terms.costCategory;
  if (said !== category) {
    const because = `${offer.donor} offers under ${category}, not under ${said}`;
    return refuse('cost-not-agreed', `${because}; name it to agree`, [
      { path: `accept[${index}].costCategory`, because },
    ]);
  }
  const { costLimitPence: limit } = request;
  if (limit === undefined) return undefined;
  const agreed = agreedOf(offer, quantity);
  if (!agreed && category !== 'NIL_PAYBACK') {
    const because = `${offer.donor} names no cost, and the request has a limit`;
    return refuse('cost-not-agreed', `${because}; ask for an offer with an estimate`);
  }
  const pence = agreed?.amountPence ?? 0;
  if (isWithinLimit(request, pence)) return undefined;
  const because = `${agreedPence(request) + pence} pence in all, ${limit} are approved`;
  return refuse('over-approval', `offer ${offer.offerId} makes it ${because}; amend the request first`, [
    { path: `accept[${index}]`, because },
  ]);
};

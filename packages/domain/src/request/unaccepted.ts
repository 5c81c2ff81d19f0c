import { type CommandBody, isRefusal, type Refusal, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { closeIfDone, type RequestName } from './ending.ts';
import { isGood, isOpen } from './lines.ts';
import { offerNotOpen, offerRanOut, requestEnded } from './refusals.ts';
import type { Offer, RequestState } from './state.ts';

type Open = Extract<Offer, { status: 'made' | 'provisional' }>;

/** The offer of a request, while nothing has become of it. */
const openOffer = (request: RequestState, offerId: string): Open | Refusal => {
  const offer = request.offers.get(offerId);
  if (!offer) return refuse('not-found', `the request has no offer ${offerId}`);
  if (request.phase.kind !== 'live') return requestEnded(request);
  return isOpen(offer) ? offer : offerNotOpen(offer);
};

/** An open offer of the donor that asks. Of another's offers it learns nothing, not even that there are any. */
const ownOffer = (
  org: string,
  { host, requestId, offerId }: RequestName & { offerId: string },
  view: LedgerView,
): Open | Refusal => {
  const request = view.request(host, requestId);
  if (!request || request.offers.get(offerId)?.donor !== org) {
    return refuse('not-found', `${org} made no offer ${offerId} to ${host} under ${requestId}`);
  }
  return openOffer(request, offerId);
};

/** What the donor waited for has come true: the host may accept from now on. */
export const decideConditionMet = (
  org: string,
  body: CommandBody<'offer-condition-met'>,
  view: LedgerView,
  now: string,
): Decision => {
  const offer = ownOffer(org, body, view);
  if (isRefusal(offer)) return offer;
  const { host, requestId, actor, note } = body;
  const { offerId, lineId, donor } = offer;
  if (offer.status === 'made')
    return refuse('wrong-status', 'the offer waits for no condition: it is firm, and the host may accept it');
  if (!isGood(offer, now)) return offerRanOut(offer);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.condition_met.v1',
    data: { host, requestId, offerId, lineId, donor, by: actor.id, note },
  });
  return draft.done();
};

/** The donor takes back what nobody has accepted. Accepted units are home's to refuse, and lent ones to recall. */
export const decideWithdraw = (
  org: string,
  body: CommandBody<'offer-withdraw'>,
  view: LedgerView,
  now: string,
): Decision => {
  const offer = ownOffer(org, body, view);
  if (isRefusal(offer)) return offer;
  const { host, requestId, actor, reasonCode, reason } = body;
  const { offerId, lineId, donor } = offer;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.withdrawn.v1',
    data: { host, requestId, offerId, lineId, donor, by: actor.id, reasonCode, reason },
  });
  closeIfDone(draft, { host, requestId });
  return draft.done();
};

/** The host turns an offer down by hand, and says why. */
export const decideNotSelect = (
  org: string,
  body: CommandBody<'offer-not-select'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { requestId, actor, reason } = body;
  const request = view.request(org, requestId);
  if (!request) return refuse('not-found', `${org} has no request ${requestId}`);
  const offer = openOffer(request, body.offerId);
  if (isRefusal(offer)) return offer;
  const { offerId, lineId, donor } = offer;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.not_selected.v1',
    data: { host: org, requestId, offerId, lineId, donor, by: actor.id, reason },
  });
  closeIfDone(draft, { host: org, requestId });
  return draft.done();
};

/** The time of an offer has passed while nobody had accepted it. */
export const decideOfferTime = (
  { host, requestId }: RequestName,
  offerId: string,
  view: LedgerView,
  now: string,
): Decision => {
  const request = view.request(host, requestId);
  const offer = request?.offers.get(offerId);
  if (request?.phase.kind !== 'live' || !offer || !isOpen(offer)) return { events: [] };
  if (isGood(offer, now)) return { events: [] };
  const { lineId, donor } = offer;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.lapsed.v1',
    data: { host, requestId, offerId, lineId, donor, reasonCode: 'validity-passed' },
  });
  closeIfDone(draft, { host, requestId });
  return draft.done();
};

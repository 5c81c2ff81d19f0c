import { type CommandBody, isForce, isRefusal, type Refusal, refuse } from '@muster/contracts';
import { DEFAULT_RULES } from '../approval/state.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { DONOR_DECLINE, DONOR_OFFER } from '../policies.ts';
import { lineOf } from './lines.ts';
import { type Offered, offerable } from './offering.ts';
import { standingUnits } from './prepared.ts';
import { answeredLate, requestEnded } from './refusals.ts';
import { type Answer, answerKey, preparationKey, type RequestState } from './state.ts';
import { openToAll } from './unsolicited.ts';

/** Offers that one force may prepare for one request, those that came to nothing included (our assumption). */
export const PREPARATIONS_PER_FORCE_MAX = 50;

/** What a force has said of a line, for people. */
const ANSWERED: Readonly<Record<Exclude<Answer['answer'], 'waiting'>, string>> = {
  offered: 'has offered for',
  declined: 'has declined',
  expired: 'let the time pass for',
  withdrawn: 'is not asked any more for',
};

/** The request that a force may still answer, or why it may not. */
export const answerable = (
  org: string,
  { host, requestId }: { host: string; requestId: string },
  view: LedgerView,
  now: string,
): RequestState | Refusal => {
  if (!isForce(org)) return refuse('not-permitted', `${org} is not a force; only forces answer requests`);
  const request = view.request(host, requestId);
  // A force that was not asked learns nothing, not even that there is such a request.
  if (!request?.recipients.some(({ force }) => force === org)) {
    return refuse(
      'not-found',
      `${org} was asked nothing by ${host} under ${requestId}; ask its desk for the right request, or offer unsolicited`,
    );
  }
  if (request.phase.kind !== 'live') {
    return requestEnded(request);
  }
  if (request.answerTimePassed || now >= request.answerBy) {
    return answeredLate(request);
  }
  return request;
};

/** Whether the donor's rules leave so many units, with those that stand on the request already, to its policy. */
const policySuffices = (
  request: RequestState,
  donor: string,
  quantity: number,
  view: LedgerView,
): boolean => {
  const { personAbove } = (view.register(donor)?.rules ?? DEFAULT_RULES).offers;
  return personAbove === null || standingUnits(request, donor) + quantity <= personAbove;
};

/** The body of an offer as it stands on record, but for what it rests on. */
export const offerData = (
  { line, advert, request }: Offered,
  donor: string,
  offer: Omit<CommandBody<'offer-make'>, 'commandId' | 'actor' | 'classification'> & { offerId: string },
) => {
  const { offerId, capabilityId, quantity, estimatedArrival, costEstimate, remarks, duty } = offer;
  const { continues, condition, validUntil, corrects, unsolicited } = offer;
  const { host, requestId } = request;
  return {
    ...{ host, requestId, offerId, lineId: line.lineId, donor },
    ...{ capabilityId, capabilityCode: advert.data.code, quantity },
    ...{ availableFrom: line.from, availableTo: line.to, estimatedArrival, costEstimate, remarks },
    ...(duty && { duty }),
    ...(continues !== undefined && { continues }),
    ...(condition !== undefined && { condition }),
    ...(validUntil !== undefined && { validUntil }),
    ...(corrects !== undefined && { corrects }),
    ...(unsolicited && { unsolicited }),
  };
};

/**
 * A donor force offers units of one capability for one line. The offer holds nothing; one above what the
 * donor leaves to its policy is only prepared, and made when another post approves.
 */
export const decideOffer = (
  org: string,
  body: CommandBody<'offer-make'>,
  view: LedgerView,
  now: string,
): Decision => {
  const request = body.unsolicited ? openToAll(org, body, view) : answerable(org, body, view, now);
  if (isRefusal(request)) return request;
  const { commandId: offerId, actor, quantity } = body;
  const offer = { ...body, offerId };
  const offered = offerable(request, org, offer, view, now);
  if (isRefusal(offered)) return offered;
  if (request.preparations.has(preparationKey(org, offerId))) {
    return refuse('command-id-reused', `${org} has prepared an offer ${offerId} already`);
  }
  const draft = startDraft(view, now);
  const data = offerData(offered, org, offer);
  if (policySuffices(request, org, quantity, view)) {
    draft.emit({ type: 'muster.offer.made.v1', data: { ...data, approval: DONOR_OFFER } });
    return draft.done();
  }
  const prepared = [...request.preparations.values()].filter(({ donor }) => donor === org);
  if (prepared.length >= PREPARATIONS_PER_FORCE_MAX) {
    const because = `${org} has prepared ${PREPARATIONS_PER_FORCE_MAX} offers for the request, which is the limit`;
    return refuse('line-full', because);
  }
  draft.emit({ type: 'muster.offer.prepared.v1', data: { ...data, preparedBy: actor.id } });
  return draft.done();
};

/** An asked force offers nothing for the lines named, and says why. */
export const decideDecline = (
  org: string,
  body: CommandBody<'offer-decline'>,
  view: LedgerView,
  now: string,
): Decision => {
  const request = answerable(org, body, view, now);
  if (isRefusal(request)) return request;
  const lineIds = [...new Set(body.lineIds)];
  for (const lineId of lineIds) {
    if (!lineOf(request, lineId)) return refuse('not-found', `the request has no line ${lineId}`);
    const answer = request.answers.get(answerKey(org, lineId));
    if (!answer)
      return refuse('not-asked', `${org} was not asked for line ${lineId}, so there is nothing to decline`);
    if (answer.answer !== 'waiting') {
      return refuse('already-answered', `${org} ${ANSWERED[answer.answer]} line ${lineId}`);
    }
  }
  const { host, requestId, reasonCode, remarks } = body;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.declined.v1',
    data: { host, requestId, lineIds, donor: org, reasonCode, remarks, approval: DONOR_DECLINE },
  });
  return draft.done();
};

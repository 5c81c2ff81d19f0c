import { type CommandBody, isForce, isRefusal, type Refusal, refuse } from '@muster/contracts';
import { continuation } from '../deployment/next.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Advert, Decision, LedgerView } from '../ledger/view.ts';
import { type Rejection, rejections } from '../matching/eligibility.ts';
import { DONOR_DECLINE, DONOR_OFFER } from '../policies.ts';
import { isOpen, lineCounts, lineOf, offersOn } from './lines.ts';
import { answerKey, type RequestState } from './state.ts';

/** Offers that one request may gather, so that any decision about all of them fits one append. */
export const OFFERS_PER_REQUEST_MAX = 400;

/** The request that a force may still answer, or why it may not. */
const answerable = (
  org: string,
  { host, requestId }: { host: string; requestId: string },
  view: LedgerView,
  now: string,
): RequestState | Refusal => {
  if (!isForce(org)) return refuse('not-permitted', `${org} is not a force; only forces answer requests`);
  const request = view.request(host, requestId);
  // A force that was not asked learns nothing, not even that there is such a request.
  if (!request?.recipients.some(({ force }) => force === org)) {
    return refuse('not-found', `${org} was asked nothing by ${host} under ${requestId}`);
  }
  if (request.phase.kind !== 'live') {
    return refuse('request-ended', `the request is ${request.phase.kind}`);
  }
  if (request.answerTimePassed || now >= request.answerBy) {
    return refuse('answer-time-passed', `answers were due by ${request.answerBy}`);
  }
  return request;
};

const notCurrentCodes: readonly string[] = ['withdrawn', 'unavailable', 'advert-expired'];

/** The refusal that says why a capability cannot fill a line. */
export const refusalOf = (capability: string, found: readonly Rejection[]): Refusal | undefined => {
  const [first] = found;
  if (!first) return undefined;
  const because = `${capability}: ${found.map((each) => each.because).join('; ')}`;
  return refuse(notCurrentCodes.includes(first.code) ? 'advert-not-current' : 'not-eligible', because);
};

/** An earlier answer of the force that stands in the way of an offer from this capability. */
const earlierAnswer = (
  request: RequestState,
  org: string,
  body: CommandBody<'offer-make'>,
): Refusal | undefined => {
  const { lineId, capabilityId } = body;
  const answer = request.answers.get(answerKey(org, lineId));
  if (!answer) return refuse('not-asked', `${org} was not asked for line ${lineId}`);
  if (answer.answer === 'withdrawn')
    return refuse('not-asked', `the host asks ${org} no more for line ${lineId}`);
  if (answer.answer === 'declined') return refuse('already-answered', `${org} declined line ${lineId}`);
  const stands = offersOn(request, lineId).some(
    (offer) =>
      offer.donor === org &&
      offer.capabilityId === capabilityId &&
      (isOpen(offer) || offer.status === 'accepted' || offer.status === 'committed'),
  );
  return stands
    ? refuse('already-answered', `${capabilityId} is on offer for line ${lineId} already`)
    : undefined;
};

/** Why the offer cannot put right the one that it names. */
const notCorrectable = (
  request: RequestState,
  org: string,
  { corrects, lineId }: CommandBody<'offer-make'>,
): Refusal | undefined => {
  if (corrects === undefined) return undefined;
  const wrong = request.offers.get(corrects);
  if (wrong?.donor !== org || wrong.lineId !== lineId) {
    return refuse('not-found', `${org} made no offer ${corrects} for line ${lineId}`);
  }
  return wrong.status === 'withdrawn' && wrong.reasonCode === 'entered-in-error'
    ? undefined
    : refuse('wrong-status', `offer ${corrects} was not withdrawn as entered in error`);
};

const checkCapability = (
  advert: Advert | undefined,
  request: RequestState,
  body: CommandBody<'offer-make'>,
  now: string,
): Refusal | undefined => {
  const line = lineOf(request, body.lineId);
  if (!line) return refuse('not-found', `the request has no line ${body.lineId}`);
  if (now >= line.to) return refuse('bad-time', `line ${line.lineId} ended at ${line.to}`);
  if (lineCounts(request, line).unfilled === 0) {
    return refuse('line-full', `line ${line.lineId} needs no more`);
  }
  if (body.estimatedArrival >= line.to) {
    const fields = [{ path: 'estimatedArrival', because: `lies after the end of the line (${line.to})` }];
    return refuse('bad-time', 'the units would come too late', fields);
  }
  if (body.validUntil !== undefined && body.validUntil <= now) {
    const fields = [{ path: 'validUntil', because: `has passed (it is ${now})` }];
    return refuse('bad-time', 'the offer would have lapsed already', fields);
  }
  if (!advert) return refuse('not-found', `${body.capabilityId} was never advertised`);
  const ineligible = refusalOf(body.capabilityId, rejections(advert, line, request.host, now));
  if (ineligible) return ineligible;
  if (body.quantity > advert.data.quantity) {
    return refuse('no-capacity', `${body.capabilityId} has ${advert.data.quantity} in all`);
  }
  return undefined;
};

/** Why the units of an offer cannot go on from another assignment; nothing for an offer from home. */
const checkOnward = (
  donor: string,
  { capabilityId, quantity, continues }: CommandBody<'offer-make'>,
  view: LedgerView,
): Refusal | undefined => {
  if (continues === undefined) return undefined;
  const found = continuation(view, { donor, capabilityId, quantity, continues });
  return isRefusal(found) ? found : undefined;
};

/** A donor force offers units of one capability for one line. The offer holds nothing. */
export const decideOffer = (
  org: string,
  body: CommandBody<'offer-make'>,
  view: LedgerView,
  now: string,
): Decision => {
  const request = answerable(org, body, view, now);
  if (isRefusal(request)) return request;
  const earlier = lineOf(request, body.lineId) && earlierAnswer(request, org, body);
  if (earlier) return earlier;
  const uncorrected = notCorrectable(request, org, body);
  if (uncorrected) return uncorrected;
  if (request.offers.has(body.commandId)) {
    // Offer ids are chosen by donors, so another force may have taken this one.
    return refuse('command-id-reused', `the request has an offer ${body.commandId} already`);
  }
  const advert = view.advert(org, body.capabilityId);
  const fault = checkCapability(advert, request, body, now) ?? checkOnward(org, body, view);
  if (fault) return fault;
  if (request.offers.size >= OFFERS_PER_REQUEST_MAX) {
    return refuse(
      'line-full',
      `the request has gathered ${OFFERS_PER_REQUEST_MAX} offers, which is the limit`,
    );
  }
  const line = lineOf(request, body.lineId);
  if (!line || !advert) throw new Error('an offer was checked without its line or advert');
  const {
    host,
    requestId,
    lineId,
    capabilityId,
    quantity,
    estimatedArrival,
    costEstimate,
    remarks,
    duty,
    continues,
  } = body;
  const { condition, validUntil, corrects } = body;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.made.v1',
    data: {
      host,
      requestId,
      offerId: body.commandId,
      lineId,
      donor: org,
      capabilityId,
      capabilityCode: advert.data.code,
      quantity,
      availableFrom: line.from,
      availableTo: line.to,
      estimatedArrival,
      costEstimate,
      remarks,
      ...(duty && { duty }),
      ...(continues !== undefined && { continues }),
      ...(condition !== undefined && { condition }),
      ...(validUntil !== undefined && { validUntil }),
      ...(corrects !== undefined && { corrects }),
      approval: DONOR_OFFER,
    },
  });
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
    if (!answer) return refuse('not-asked', `${org} was not asked for line ${lineId}`);
    if (answer.answer !== 'waiting') {
      return refuse('already-answered', `${org} has ${answer.answer} for line ${lineId}`);
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

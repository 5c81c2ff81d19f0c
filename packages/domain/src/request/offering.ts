import { type CommandBody, isRefusal, type Refusal, type RequestLine, refuse } from '@muster/contracts';
import { continuation } from '../deployment/next.ts';
import type { Advert, LedgerView } from '../ledger/view.ts';
import { type Rejection, rejections } from '../matching/eligibility.ts';
import { isOpen, lineCounts, lineOf, offersOn } from './lines.ts';
import { openPreparations } from './prepared.ts';
import { lineOver } from './refusals.ts';
import { answerKey, type RequestState } from './state.ts';
import { askedInstead, wasAsked } from './unsolicited.ts';

/** Offers that one request may gather, so that any decision about all of them fits one append. */
export const OFFERS_PER_REQUEST_MAX = 400;

/** What a force means to offer, in the words of its command. */
export type Offering = Pick<
  CommandBody<'offer-make'>,
  | 'lineId'
  | 'capabilityId'
  | 'quantity'
  | 'estimatedArrival'
  | 'continues'
  | 'validUntil'
  | 'corrects'
  | 'unsolicited'
> & { offerId: string };

/** What an offer is for and from, once nothing stands in its way. */
export type Offered = { request: RequestState; line: RequestLine; advert: Advert };

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
  offering: Offering,
  now: string,
): Refusal | undefined => {
  const { lineId, capabilityId } = offering;
  const answer = request.answers.get(answerKey(org, lineId));
  if (answer?.answer === 'withdrawn')
    return refuse(
      'not-asked',
      `${request.host} has taken back that it asked ${org} for line ${lineId}; it may ask again`,
    );
  if (answer?.answer === 'declined')
    return refuse(
      'already-answered',
      `${org} has declined line ${lineId}; if that has changed, tell the desk of ${request.host} (${request.terms.contactDesk})`,
    );
  if (offering.unsolicited) {
    const asked = wasAsked(answer) && askedInstead(request, org, lineId, now);
    if (asked) return asked;
  } else if (!wasAsked(answer))
    return refuse('not-asked', `${org} was not asked for line ${lineId}; it may offer unsolicited`);
  const stands = offersOn(request, lineId).some(
    (offer) =>
      offer.donor === org &&
      offer.capabilityId === capabilityId &&
      (isOpen(offer) || offer.status === 'accepted' || offer.status === 'committed'),
  );
  if (stands)
    return refuse(
      'already-answered',
      `${capabilityId} is on offer for line ${lineId} already; to change the offer, withdraw it and make it anew`,
    );
  const waits = openPreparations(request, org).some(
    (each) =>
      each.lineId === lineId && each.capabilityId === capabilityId && each.offerId !== offering.offerId,
  );
  return waits
    ? refuse(
        'already-answered',
        `${capabilityId} for line ${lineId} waits for another post of ${org} to approve it already`,
      )
    : undefined;
};

/** Why the offer cannot put right the one that it names. */
const notCorrectable = (
  request: RequestState,
  org: string,
  { corrects, lineId }: Offering,
): Refusal | undefined => {
  if (corrects === undefined) return undefined;
  const wrong = request.offers.get(corrects);
  if (wrong?.donor !== org || wrong.lineId !== lineId) {
    return refuse('not-found', `${org} made no offer ${corrects} for line ${lineId}`);
  }
  return wrong.status === 'withdrawn' && wrong.reasonCode === 'entered-in-error'
    ? undefined
    : refuse(
        'wrong-status',
        `the offer that this one puts right was not withdrawn as entered in error; withdraw it first`,
      );
};

const checkCapability = (
  advert: Advert | undefined,
  request: RequestState,
  body: Offering,
  now: string,
): Refusal | undefined => {
  const line = lineOf(request, body.lineId);
  if (!line) return refuse('not-found', `the request has no line ${body.lineId}`);
  if (now >= line.to) return lineOver(line);
  if (lineCounts(request, line).unfilled === 0) {
    return refuse(
      'line-full',
      `line ${line.lineId} has all the units that it needs; nothing is to be done unless it loses some`,
    );
  }
  if (body.estimatedArrival >= line.to) {
    const fields = [{ path: 'estimatedArrival', because: `lies after the end of the line (${line.to})` }];
    return refuse(
      'bad-time',
      'the units would come after the line has ended; offer others, or decline',
      fields,
    );
  }
  if (body.validUntil !== undefined && body.validUntil <= now) {
    const fields = [{ path: 'validUntil', because: `has passed (it is ${now})` }];
    return refuse('bad-time', 'the offer would have run out already; say a later time, or none', fields);
  }
  if (!advert)
    return refuse(
      'not-found',
      `${body.capabilityId} was never advertised; advertise it first, or name another`,
    );
  const ineligible = refusalOf(body.capabilityId, rejections(advert, line, request.host, now));
  if (ineligible) return ineligible;
  if (body.quantity > advert.data.quantity) {
    return refuse(
      'no-capacity',
      `${body.capabilityId} has ${advert.data.quantity} in all, not ${body.quantity}; offer fewer, or advertise more first`,
    );
  }
  return undefined;
};

/** Why the units of an offer cannot go on from another assignment; nothing for an offer from home. */
const checkOnward = (
  donor: string,
  { capabilityId, quantity, continues }: Offering,
  view: LedgerView,
): Refusal | undefined => {
  if (continues === undefined) return undefined;
  const found = continuation(view, { donor, capabilityId, quantity, continues });
  return isRefusal(found) ? found : undefined;
};

/** Whether a force may offer this for a request that it may answer now: what it is for and from, or why not. */
export const offerable = (
  request: RequestState,
  org: string,
  offering: Offering,
  view: LedgerView,
  now: string,
): Offered | Refusal => {
  const line = lineOf(request, offering.lineId);
  const earlier = line && earlierAnswer(request, org, offering, now);
  if (earlier) return earlier;
  const uncorrected = notCorrectable(request, org, offering);
  if (uncorrected) return uncorrected;
  if (request.offers.has(offering.offerId)) {
    // Offer ids are chosen by donors, so another force may have taken this one.
    return refuse('command-id-reused', `the request has an offer ${offering.offerId} already`);
  }
  const advert = view.advert(org, offering.capabilityId);
  const fault = checkCapability(advert, request, offering, now) ?? checkOnward(org, offering, view);
  if (fault) return fault;
  if (request.offers.size >= OFFERS_PER_REQUEST_MAX) {
    return refuse(
      'line-full',
      `the request has gathered ${OFFERS_PER_REQUEST_MAX} offers, which is the limit`,
    );
  }
  if (!line || !advert) throw new Error('an offer was checked without its line or advert');
  return { request, line, advert };
};

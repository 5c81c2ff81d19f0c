import type { OfferView, RequestView } from '@muster/contracts';
import { requestDesk } from '../deployment/desk.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { agreedPence } from '../request/cost.ts';
import { answersOf, lineCounts, requestStatus } from '../request/lines.ts';
import { openPreparations } from '../request/prepared.ts';
import type { Offer, OfferFacts, RequestState } from '../request/state.ts';
import { narrowed, seesAll, speaksFor } from './requests.ts';

const offerStatus = (ledger: Ledger, offer: Offer): OfferView['status'] => {
  switch (offer.status) {
    case 'lapsed': {
      const booking = ledger.view.bookings(offer.donor, offer.capabilityId)?.bookings.get(offer.offerId);
      return booking?.status === 'lapsing' ? 'lapsing' : 'lapsed';
    }
    case 'run-out':
      return 'lapsed';
    case 'stood-down':
      return 'closed';
    default:
      return offer.status;
  }
};

const factsView = (offer: OfferFacts): Omit<OfferView, 'status'> => ({
  offerId: offer.offerId,
  lineId: offer.lineId,
  donor: offer.donor,
  capabilityId: offer.capabilityId,
  quantity: offer.quantity,
  estimatedArrival: offer.estimatedArrival,
  ...(offer.continues !== undefined && { continues: offer.continues }),
  ...(offer.condition !== undefined && { condition: offer.condition }),
  ...(offer.validUntil !== undefined && { validUntil: offer.validUntil }),
  ...(offer.corrects !== undefined && { corrects: offer.corrects }),
  ...(offer.costEstimate && { costEstimate: offer.costEstimate }),
  ...(offer.unsolicited && { unsolicited: offer.unsolicited }),
  ...('leftOut' in offer && offer.leftOut && { leftOut: offer.leftOut }),
});

const offerView = (ledger: Ledger, offer: Offer, correctedBy: string | undefined): OfferView => ({
  ...factsView(offer),
  ...(correctedBy !== undefined && { correctedBy }),
  ...('reasonCode' in offer && offer.reasonCode !== undefined && { reasonCode: offer.reasonCode }),
  status: offerStatus(ledger, offer),
  ...('accepted' in offer
    ? {
        acceptedQuantity: offer.accepted.quantity,
        confirmBy: offer.accepted.confirmBy,
        ...(offer.accepted.agreedCost && { agreedCost: offer.accepted.agreedCost }),
      }
    : {}),
});

/** What the force itself has prepared and not approved; nobody else sees it, its host and the centres included. */
const preparedBy = (org: string, request: RequestState): OfferView[] =>
  openPreparations(request, org).map((each) => ({
    ...factsView(each),
    status: 'prepared',
    preparedBy: each.preparedBy,
  }));

/** A request as the organisation may see it. An asked force sees its own answers, offers and sums only. */
export const requestViewFor = (ledger: Ledger, request: RequestState, org: string): RequestView => {
  const { host, requestId } = request;
  const seen = narrowed(org, request);
  const offers = [...seen.offers.values()];
  const corrections = request.corrections.filter(
    ({ donor }) => seesAll(org, request) || (donor !== undefined && speaksFor(org, request, donor)),
  );
  return {
    host,
    requestId,
    status: requestStatus(request),
    terms: request.terms,
    submittedAt: request.submittedAt,
    ...(seesAll(org, request) && { requestedBy: request.requestedBy, oral: request.oral }),
    answerBy: request.answerBy,
    tier: request.tier,
    ...(seesAll(org, request) && {
      escalation: request.reach.escalation,
      nextWaveAt: request.reach.nextWaveAt,
      escalationAsked: request.reach.asked,
      unfilled: [...request.unfilled].map(([lineId, each]) => ({ lineId, ...each })),
    }),
    // What is still unfilled counts all offers: an asked force may know whether it is needed.
    lines: request.lines.map((line) => ({
      line,
      ...lineCounts(seen, line),
      unfilled: lineCounts(request, line).unfilled,
    })),
    answers: answersOf(request).filter(({ force }) => speaksFor(org, request, force)),
    offers: [
      ...offers.map((offer) =>
        offerView(ledger, offer, offers.find(({ corrects }) => corrects === offer.offerId)?.offerId),
      ),
      ...preparedBy(org, request),
    ],
    ...(seesAll(org, request) && {
      costLimitPence: request.costLimitPence,
      agreedPence: agreedPence(request),
      desk: requestDesk(request),
    }),
    ...(corrections.length > 0 && { corrections: [...corrections] }),
    seq: ledger.lastSeq({ kind: 'request', owner: host, id: requestId }),
  };
};

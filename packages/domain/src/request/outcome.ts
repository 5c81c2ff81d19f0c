import type { MusterEvent, ReleaseReason } from '@muster/contracts';
import { offerFacts } from './facts.ts';
import { isOpen } from './lines.ts';
import type { Acceptance, Offer, OfferFacts, RequestState } from './state.ts';

/** A request whose offers may be changed in place. */
type Own = RequestState & { offers: Map<string, Offer> };

const accepted = (state: Own, { data }: MusterEvent<'muster.offer.accepted.v1'>): void => {
  const offer = state.offers.get(data.offerId);
  if (!offer) return;
  const { quantity, from, to, token, confirmBy, costCategory, agreedCost } = data;
  state.offers.set(data.offerId, {
    ...offer,
    status: 'accepted',
    accepted: { quantity, from, to, token, confirmBy, costCategory, ...(agreedCost && { agreedCost }) },
  });
};

type Outcome = Extract<Offer, { status: 'committed' | 'refused' | 'lapsed' | 'stood-down' }>;
type Taken = OfferFacts & { accepted: Acceptance };

/** Moves an offer on that was accepted before; one that never was stays as it is. */
const moveOn = (state: Own, offerId: string, to: (taken: Taken) => Outcome): void => {
  const offer = state.offers.get(offerId);
  if (offer && 'accepted' in offer)
    state.offers.set(offerId, to({ ...offerFacts(offer), accepted: offer.accepted }));
};

export type OutcomeEvent = MusterEvent<
  | 'muster.offer.accepted.v1'
  | 'muster.offer.condition_met.v1'
  | 'muster.offer.withdrawn.v1'
  | 'muster.offer.not_selected.v1'
  | 'muster.offer.left_out.v1'
  | 'muster.offer.lapsed.v1'
  | 'muster.commitment.made.v1'
  | 'muster.commitment.refused.v1'
  | 'muster.resource.released.v1'
  | 'muster.deployment.forfeited.v1'
  | 'muster.deployment.aborted.v1'
>;

/** Releases after which the line counts without the units. */
const REOPENING: readonly ReleaseReason[] = ['minimum-not-met', 'recalled'];

const standDown = (state: Own, offerId: string, reasonCode: ReleaseReason): void =>
  moveOn(state, offerId, (offer) => ({ ...offer, status: 'stood-down', reasonCode }));

/** What becomes of an offer after it was made. */
export const applyOutcome = (state: Own, event: OutcomeEvent): void => {
  switch (event.type) {
    case 'muster.offer.accepted.v1':
      accepted(state, event);
      return;
    case 'muster.offer.not_selected.v1': {
      const offer = state.offers.get(event.data.offerId);
      if (offer && isOpen(offer)) state.offers.set(offer.offerId, { ...offer, status: 'not-selected' });
      return;
    }
    case 'muster.offer.left_out.v1': {
      const offer = state.offers.get(event.data.offerId);
      if (!offer) return;
      const { named, reserved, reasonCode, because } = event.data;
      const leftOut = { named, reserved, reasonCode, because };
      // A part of it may be accepted, and one that had ended before stays as it is.
      state.offers.set(
        offer.offerId,
        isOpen(offer) ? { ...offer, leftOut, status: 'not-selected' } : { ...offer, leftOut },
      );
      return;
    }
    case 'muster.offer.condition_met.v1': {
      const offer = state.offers.get(event.data.offerId);
      if (offer?.status === 'provisional') state.offers.set(offer.offerId, { ...offer, status: 'made' });
      return;
    }
    case 'muster.offer.withdrawn.v1': {
      const { offerId, reasonCode } = event.data;
      const offer = state.offers.get(offerId);
      if (offer && isOpen(offer)) state.offers.set(offerId, { ...offer, status: 'withdrawn', reasonCode });
      return;
    }
    case 'muster.offer.lapsed.v1': {
      const open = state.offers.get(event.data.offerId);
      if (open && isOpen(open)) {
        state.offers.set(open.offerId, { ...open, status: 'run-out' });
        return;
      }
      moveOn(state, event.data.offerId, (offer) => ({
        ...offer,
        status: 'lapsed',
        reasonCode: event.data.reasonCode,
      }));
      return;
    }
    case 'muster.commitment.made.v1':
      moveOn(state, event.data.offerId, (offer) => ({
        ...offer,
        status: event.data.outcome === 'used' ? 'committed' : 'stood-down',
      }));
      return;
    case 'muster.commitment.refused.v1':
      moveOn(state, event.data.offerId, (offer) => ({
        ...offer,
        status: 'refused',
        reasonCode: event.data.reasonCode,
      }));
      return;
    case 'muster.resource.released.v1':
      // Units that did their task were there for the line; units that go home unused open it again.
      if (!REOPENING.includes(event.data.reasonCode)) return;
      standDown(state, event.data.deploymentId, event.data.reasonCode);
      return;
    case 'muster.deployment.forfeited.v1':
      standDown(state, event.data.deploymentId, 'forfeited');
      return;
    case 'muster.deployment.aborted.v1':
      standDown(state, event.data.deploymentId, 'aborted');
      return;
  }
};

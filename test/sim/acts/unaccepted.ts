import type { Offer, RequestState } from '@muster/domain';
import { POSTS } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

type Chosen = { request: RequestState; offer: Offer };

/** Some offer, mostly one that stands so. */
const offerOf = ({ dice, requests }: Stage, ...statuses: Offer['status'][]): Chosen | undefined =>
  dice.prefer(
    requests.flatMap((request) => [...request.offers.values()].map((offer) => ({ request, offer }))),
    ({ offer }) => statuses.includes(offer.status),
  );

/** What may be said with an offer: that it hangs on something, how long it is good, what it puts right. */
export const offerTerms = ({ dice, after }: Stage, request: RequestState, donor: string, lineId: string) => {
  const wrong = [...request.offers.values()].find(
    (offer) => offer.donor === donor && offer.lineId === lineId && offer.status === 'withdrawn',
  );
  return {
    ...(dice.once(5) && { condition: 'The match ends quietly' }),
    ...(dice.once(4) && { validUntil: after(1 + dice.below(60)) }),
    ...(wrong && dice.once(2) && { corrects: wrong.offerId }),
  };
};

/** What becomes of offers that nobody has accepted. */
export const UNACCEPTED_GENERATORS = {
  'offer-condition-met': (stage) => {
    const of = offerOf(stage, 'provisional');
    if (!of) return undefined;
    const { host, requestId } = of.request;
    const { offerId, donor } = of.offer;
    return {
      ...{ org: donor, actor: POSTS.donor },
      body: { host, requestId, offerId, note: 'It has ended' },
    };
  },
  'offer-withdraw': (stage) => {
    const of = stage.dice.once(2) ? offerOf(stage, 'made', 'provisional') : undefined;
    if (!of) return undefined;
    const { host, requestId } = of.request;
    const { offerId, donor } = of.offer;
    const reasonCode = stage.dice.once(2) ? ('entered-in-error' as const) : ('own-demand' as const);
    return {
      ...{ org: donor, actor: POSTS.donor },
      body: { host, requestId, offerId, reasonCode, reason: 'Needed at home' },
    };
  },
  'offer-not-select': (stage) => {
    const of = stage.dice.once(2) ? offerOf(stage, 'made', 'provisional') : undefined;
    if (!of) return undefined;
    const { host, requestId } = of.request;
    return {
      ...{ org: host, actor: POSTS.requester },
      body: { requestId, offerId: of.offer.offerId, reason: 'A nearer team is free' },
    };
  },
  'acceptance-withdraw': (stage) => {
    const of = stage.dice.once(3) ? offerOf(stage, 'accepted') : undefined;
    if (!of) return undefined;
    return {
      ...{ org: of.request.host, actor: POSTS.requester },
      body: { requestId: of.request.requestId, offerId: of.offer.offerId, reason: 'Another was meant' },
    };
  },
} satisfies Generators<'offer-condition-met' | 'offer-withdraw' | 'offer-not-select' | 'acceptance-withdraw'>;

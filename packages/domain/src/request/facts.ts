import type { OfferFacts } from './state.ts';

/** Every fact of an offer; one that is missing here is a type error. */
const FACTS = Object.keys({
  offerId: true,
  lineId: true,
  donor: true,
  capabilityId: true,
  quantity: true,
  estimatedArrival: true,
  costEstimate: true,
  called: true,
  duty: true,
  continues: true,
  condition: true,
  validUntil: true,
  corrects: true,
  unsolicited: true,
  leftOut: true,
} satisfies Record<keyof OfferFacts, true>) as (keyof OfferFacts)[];

/** What a donor offered, without where the offer stands and whatever else came with it. */
export const offerFacts = (from: OfferFacts): OfferFacts =>
  Object.fromEntries(
    FACTS.map((fact) => [fact, from[fact]]).filter(([, value]) => value !== undefined),
  ) as OfferFacts;

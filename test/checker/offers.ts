import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

type Offer = {
  stands: 'firm' | 'provisional' | 'withdrawn' | 'lapsed' | 'not selected' | 'left out';
  validUntil: string;
};

const nameOf = (data: { host: string; requestId: string; offerId: string }): string =>
  `offer ${data.host}/${data.requestId}/${data.offerId}`;

/** An offer is accepted only while it is firm, in time, and neither taken back nor turned down. */
export const checkOffers = (facts: readonly Fact[], note: Note): void => {
  const offers = new Map<string, Offer>();
  for (const fact of facts) {
    switch (fact.type) {
      case 'muster.offer.made.v1':
        offers.set(nameOf(fact.data), {
          stands: fact.data.condition === undefined ? 'firm' : 'provisional',
          validUntil: fact.data.validUntil ?? '',
        });
        break;
      case 'muster.offer.condition_met.v1':
      case 'muster.offer.withdrawn.v1':
      case 'muster.offer.lapsed.v1':
      case 'muster.offer.not_selected.v1': {
        const of = offers.get(nameOf(fact.data));
        if (of) of.stands = AFTER[fact.type];
        break;
      }
      case 'muster.offer.left_out.v1': {
        const of = offers.get(nameOf(fact.data));
        if (of?.stands === 'firm' && fact.data.reserved === 0) of.stands = 'left out';
        break;
      }
      case 'muster.offer.accepted.v1': {
        const of = offers.get(nameOf(fact.data));
        if (of && of.stands !== 'firm')
          note('accepted-not-open', nameOf(fact.data), fact.seq, `it was ${of.stands}`);
        if (of && of.validUntil !== '' && fact.time >= of.validUntil)
          note('accepted-not-open', nameOf(fact.data), fact.seq, `it was good until ${of.validUntil}`);
        break;
      }
      default:
        break;
    }
  }
};

const AFTER = {
  'muster.offer.condition_met.v1': 'firm',
  'muster.offer.withdrawn.v1': 'withdrawn',
  'muster.offer.lapsed.v1': 'lapsed',
  'muster.offer.not_selected.v1': 'not selected',
} as const;

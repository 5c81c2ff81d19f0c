import type { MusterEvent } from '@muster/contracts';
import type { LedgerCommand } from '../ledger/view.ts';
import type { Offer, RequestState } from '../request/state.ts';
import type { Scene } from './scene.ts';

/** Three numbers that pick what is tried. */
type Numbers = { a: number; b: number; c: number };

type World = {
  scene: Scene;
  attempt: (command: LedgerCommand) => MusterEvent[];
  id: (prefix: string) => string;
  requests: () => RequestState[];
};

/** What may be said with an offer: every ninth is provisional, every eleventh runs out within the hour. */
export const offerTerms = ({ c }: Numbers, now: string) => ({
  ...(c % 9 === 0 && { condition: 'The match ends quietly' }),
  ...(c % 11 === 4 && { validUntil: new Date(Date.parse(now) + (1 + (c % 60)) * 60_000).toISOString() }),
});

/** Tries something that either side may do with an offer that nobody has accepted. */
export const unacceptedActs = ({ scene, attempt, id, requests }: World) => {
  const all = (): { host: string; requestId: string; offer: Offer }[] =>
    requests().flatMap(({ host, requestId, offers }) =>
      [...offers.values()].map((offer) => ({ host, requestId, offer })),
    );

  return ({ a, b, c }: Numbers): void => {
    const known = all();
    const of = known[a % (known.length || 1)];
    if (!of) return;
    const { host, requestId } = of;
    const { offerId, donor } = of.offer;
    const reason = 'Because';
    switch (b % 3) {
      case 0: {
        const body = { commandId: id('met'), host, requestId, offerId, note: reason };
        attempt(scene.commandOf('offer-condition-met', donor, body));
        return;
      }
      case 1: {
        const reasonCode = c % 2 === 0 ? ('entered-in-error' as const) : ('own-demand' as const);
        const body = { commandId: id('back'), host, requestId, offerId, reasonCode, reason };
        attempt(scene.commandOf('offer-withdraw', donor, body));
        return;
      }
      default:
        attempt(
          scene.commandOf('offer-not-select', host, { commandId: id('no'), requestId, offerId, reason }),
        );
    }
  };
};

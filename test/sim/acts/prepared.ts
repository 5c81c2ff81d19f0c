import type { Preparation } from '@muster/domain';
import { POSTS, rationale } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

/** Some offer that its donor has prepared, mostly one that waits for a decision. */
const preparationOf = ({ dice, requests }: Stage): Preparation | undefined =>
  dice.prefer(
    requests.flatMap(({ preparations }) => [...preparations.values()]),
    ({ status }) => status === 'prepared',
  );

const nameOf = ({ host, requestId, offerId }: Preparation) => ({ host, requestId, offerId });

/** What a donor decides about offers before it makes them. */
export const PREPARED_GENERATORS = {
  'offer-approve': (stage) => {
    const of = preparationOf(stage);
    if (!of) return undefined;
    const { dice } = stage;
    return {
      ...{ org: dice.once(8) ? of.host : of.donor },
      actor: dice.once(8) ? POSTS.donor : POSTS.donorApprover,
      body: { ...nameOf(of), rationale },
    };
  },
  'offer-refuse': (stage) => {
    const of = stage.dice.once(2) ? preparationOf(stage) : undefined;
    if (!of) return undefined;
    const { dice } = stage;
    return {
      ...{ org: dice.once(8) ? of.host : of.donor },
      actor: dice.once(2) ? POSTS.donor : POSTS.donorApprover,
      body: {
        ...nameOf(of),
        reason: 'They have to stay',
        ...(dice.once(2) && { declineReason: 'own-demand' as const }),
      },
    };
  },
} satisfies Generators<'offer-approve' | 'offer-refuse'>;

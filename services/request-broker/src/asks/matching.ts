import { type AskAnswer, type MatchingPolicyView, NATIONAL_CENTRE } from '@muster/contracts';
import { type Ledger, type MatchingPolicy, WEIGHTS } from '@muster/domain';

const shown = ({ version, weights, at, setBy, delegationId, replaces, reason }: MatchingPolicy) => ({
  ...{ version, weights },
  set: { at, by: setBy, delegationId, replaces, reason },
});

/** The weights in force and those before them, down to the committed default; for everyone on the mesh. */
export const askMatchingPolicy = (ledger: Ledger): AskAnswer<'matching-policy'> => {
  const { version, ...weights } = WEIGHTS;
  const committed: MatchingPolicyView = { version, weights };
  const set = ledger.view.register(NATIONAL_CENTRE)?.matching ?? [];
  const [inForce = committed, ...earlier] = [...set.map(shown).reverse(), committed];
  return { inForce, earlier };
};

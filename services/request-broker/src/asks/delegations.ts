import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { DEFAULT_RULES, type Ledger, maySee } from '@muster/domain';

/** Who may decide what for an organisation: for itself, and for the centres that look after it. */
export const askDelegations = (
  ledger: Ledger,
  { org: of }: ParsedQuery<'delegations'>,
  org: string,
  now: string,
): AskAnswer<'delegations'> | Refusal => {
  const owner = of ?? org;
  if (!maySee(org, { host: owner }))
    return refuse('not-permitted', `${org} does not see the register of ${owner}`);
  const register = ledger.view.register(owner);
  const delegations = [...(register?.delegations.values() ?? [])].map((each) => ({
    ...each,
    isValid: each.revokedAt === undefined && each.validFrom <= now && now < each.validTo,
  }));
  return { org: owner, rules: register?.rules ?? DEFAULT_RULES, delegations };
};

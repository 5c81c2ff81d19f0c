import {
  type DelegatedRole,
  type DelegationScope,
  type LegalBasis,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import type { Delegation } from './state.ts';

/** What somebody wants to decide, in the measures that a delegation knows. */
export type Matter = {
  codes: readonly string[];
  /** Units in all. */
  quantity: number;
  /** Estimated cost in pence sterling, where one is known. */
  costPence?: number;
  legalBasis?: LegalBasis;
  /** By word of mouth first. */
  emergency?: boolean;
};

export type Decider = { org: string; post: string; role: DelegatedRole };

const covers = (scope: DelegationScope, code: string): boolean =>
  scope.codes.some((each) => each === '*' || each === code || code.startsWith(`${each}.`));

/** Everything in which the matter goes beyond the scope; empty when it lies within. */
const beyond = (scope: DelegationScope, matter: Matter): string[] => {
  const { codes, quantity, costPence, legalBasis, emergency } = matter;
  const foreign = codes.filter((code) => !covers(scope, code));
  return [
    ...(foreign.length > 0 ? [`it does not reach to ${foreign.join(', ')}`] : []),
    ...(quantity > scope.maxQuantity ? [`it ends at ${scope.maxQuantity} units, these are ${quantity}`] : []),
    ...(costPence !== undefined && scope.maxCostPence !== undefined && costPence > scope.maxCostPence
      ? [`it ends at ${scope.maxCostPence} pence, these are ${costPence}`]
      : []),
    ...(legalBasis !== undefined && scope.legalBases && !scope.legalBases.includes(legalBasis)
      ? [`it does not hold under ${legalBasis}`]
      : []),
    ...(emergency && !scope.emergencies ? ['it does not hold for approval by word of mouth'] : []),
  ];
};

const isValid = ({ validFrom, validTo, revokedAt }: Delegation, now: string): boolean =>
  revokedAt === undefined && validFrom <= now && now < validTo;

/**
 * The delegation under which a post may decide at this moment.
 * @returns `no-delegation` or `over-scope` with what stands in the way.
 */
export const authorise = (
  { org, post, role }: Decider,
  matter: Matter,
  view: LedgerView,
  now: string,
): { delegationId: string } | Refusal => {
  const held = [...(view.register(org)?.delegations.values() ?? [])].filter(
    (each) => each.post === post && each.role === role && isValid(each, now),
  );
  if (held.length === 0) {
    return refuse(
      'no-delegation',
      `${post} of ${org} holds no delegation as ${role} that is valid now; another post decides, or whoever keeps the register grants one`,
    );
  }
  const found = held.map((each) => ({ each, against: beyond(each.scope, matter) }));
  const within = found.find(({ against }) => against.length === 0);
  if (within) return { delegationId: within.each.delegationId };
  const because = found.map(({ each, against }) => `${each.delegationId}: ${against.join(', ')}`).join('; ');
  return refuse(
    'over-scope',
    `no delegation of ${post} reaches so far (${because}); a post with a wider one decides`,
  );
};

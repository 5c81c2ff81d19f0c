import type { ApprovalRules, EventData } from '@muster/contracts';

type Granted = EventData<'muster.delegation.granted.v1'>;

/** One delegation as it was granted, and when it was taken back. */
export type Delegation = Omit<Granted, 'org' | 'policyId'> & { revokedAt?: string | undefined };

/** One version of the matching policy as it was set, and when. */
export type MatchingPolicy = Omit<EventData<'muster.policy.matching_set.v1'>, 'org' | 'policyId'> & {
  at: string;
};

/** Who may decide what for an organisation, and what it has set for its decisions. */
export type Register = {
  org: string;
  delegations: ReadonlyMap<string, Delegation>;
  rules: ApprovalRules;
  /** Every matching policy that the national centre has set, the last in force; empty for all others. */
  matching: readonly MatchingPolicy[];
};

/** What holds for an organisation that has set no rules: its declared policies decide. */
export const DEFAULT_RULES: ApprovalRules = {
  requests: { personAbove: null },
  offers: { personAbove: null },
};

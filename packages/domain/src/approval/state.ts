import type { ApprovalRules, EventData } from '@muster/contracts';

type Granted = EventData<'muster.delegation.granted.v1'>;

/** One delegation as it was granted, and when it was taken back. */
export type Delegation = Omit<Granted, 'org' | 'policyId'> & { revokedAt?: string | undefined };

/** Who may decide what for an organisation. */
export type Register = {
  org: string;
  delegations: ReadonlyMap<string, Delegation>;
  rules: ApprovalRules;
};

/** What holds for an organisation that has set no rules: its declared policies decide. */
export const DEFAULT_RULES: ApprovalRules = {
  requests: { personAbove: null },
  offers: { personAbove: null },
};

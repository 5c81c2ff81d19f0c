import type { MusterEvent } from '@muster/contracts';
import { DEFAULT_RULES, type Delegation, type Register } from './state.ts';

export type PolicyEvent = MusterEvent<
  | 'muster.delegation.granted.v1'
  | 'muster.delegation.revoked.v1'
  | 'muster.approval_rules.set.v1'
  | 'muster.policy.matching_set.v1'
>;

const TYPES: readonly string[] = [
  'muster.delegation.granted.v1',
  'muster.delegation.revoked.v1',
  'muster.approval_rules.set.v1',
  'muster.policy.matching_set.v1',
] satisfies PolicyEvent['type'][];

export const isPolicyEvent = (event: MusterEvent): event is PolicyEvent => TYPES.includes(event.type);

const changed = (delegations: ReadonlyMap<string, Delegation>, event: PolicyEvent, at: string) => {
  const next = new Map(delegations);
  if (event.type === 'muster.delegation.granted.v1') {
    const { org: _org, policyId: _policyId, ...delegation } = event.data;
    next.set(delegation.delegationId, delegation);
  }
  if (event.type === 'muster.delegation.revoked.v1') {
    const known = next.get(event.data.delegationId);
    if (known) next.set(known.delegationId, { ...known, revokedAt: at });
  }
  return next;
};

const EMPTY = { delegations: new Map<string, Delegation>(), rules: DEFAULT_RULES, matching: [] };

/** The register after one more event. `at` is when the event was decided. */
export const evolveRegister = (state: Register | undefined, event: PolicyEvent, at: string): Register => {
  const before: Register = state ?? { org: event.data.org, ...EMPTY };
  switch (event.type) {
    case 'muster.delegation.granted.v1':
    case 'muster.delegation.revoked.v1':
      return { ...before, delegations: changed(before.delegations, event, at) };
    case 'muster.approval_rules.set.v1':
      return { ...before, rules: event.data.rules };
    case 'muster.policy.matching_set.v1': {
      const { org: _org, policyId: _policyId, ...policy } = event.data;
      return { ...before, matching: [...before.matching, { ...policy, at }] };
    }
  }
};

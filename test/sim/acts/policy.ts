import { NATIONAL_CENTRE, WEIGHT_MAX } from '@muster/contracts';
import { weightsInForce } from '@muster/domain';
import { HOSTS, POSTS } from '../cast.ts';
import type { Generators } from './stage.ts';

/** Who may decide what. */
export const POLICY_GENERATORS = {
  'delegation-grant': ({ dice, after }) => ({
    ...{ org: dice.of(HOSTS), actor: dice.once(6) ? POSTS.approver : { role: 'approver', id: 'chief' } },
    body: {
      ...{ post: POSTS.approver.id, role: 'approver', validFrom: after(-60), validTo: after(20_000) },
      scope: { codes: dice.once(4) ? ['DF'] : ['*'], maxQuantity: 1 + dice.below(20), emergencies: true },
      reason: 'On call',
    },
  }),
  'delegation-revoke': ({ dice, ledger }) => {
    const registers = HOSTS.flatMap((org) => ledger.view.register(org) ?? []);
    const register = dice.prefer(registers, ({ delegations }) => delegations.size > 0);
    if (!register) return undefined;
    const one = dice.prefer([...register.delegations.values()], ({ revokedAt }) => revokedAt === undefined);
    return {
      ...{ org: register.org, actor: { role: 'approver', id: 'chief' } },
      body: { delegationId: one?.delegationId ?? 'none', reason: 'Leave' },
    };
  },
  'approval-rules-set': ({ dice }) => ({
    ...{ org: dice.of(HOSTS), actor: dice.once(3) ? POSTS.requester : POSTS.approver },
    body: {
      rules: {
        requests: { personAbove: dice.of([null, 2, 4] as const) },
        offers: { personAbove: dice.of([null, 3] as const) },
      },
      reason: 'Policy',
    },
  }),
  'matching-policy-set': ({ dice, ledger }) => {
    const { version, ...weights } = weightsInForce(ledger.view);
    return {
      ...{ org: dice.once(8) ? dice.of(HOSTS) : NATIONAL_CENTRE },
      actor: dice.once(6) ? POSTS.requester : POSTS.national,
      body: {
        weights: { ...weights, lateness: dice.below(WEIGHT_MAX), tier: dice.below(WEIGHT_MAX) },
        replaces: dice.once(4) ? '1' : version,
        reason: 'Policy',
      },
    };
  },
} satisfies Generators<
  'delegation-grant' | 'delegation-revoke' | 'approval-rules-set' | 'matching-policy-set'
>;

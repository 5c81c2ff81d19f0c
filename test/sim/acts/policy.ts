import { NATIONAL_CENTRE, WEIGHT_MAX } from '@muster/contracts';
import { weightsInForce } from '@muster/domain';
import { DONORS, HOSTS, POSTS, RULED_DONORS } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

const ORGS = [...HOSTS, ...DONORS];

/** A post that approves, and for whom: requests of a host, or offers of a donor. */
const approverOf = ({ dice }: Stage) =>
  dice.once(2)
    ? { org: dice.of(HOSTS), post: POSTS.approver.id, role: 'approver' as const }
    : { org: dice.of(RULED_DONORS), post: POSTS.donorApprover.id, role: 'donor-approver' as const };

/** Who may decide what. */
export const POLICY_GENERATORS = {
  'delegation-grant': (stage) => {
    const { dice, after } = stage;
    const approver = approverOf(stage);
    const { org } = approver;
    const { post, role } = dice.once(12) ? ({ post: POSTS.finance.id, role: 'finance' } as const) : approver;
    return {
      ...{ org, actor: dice.once(6) ? { role: 'approver', id: post } : { role: 'approver', id: 'chief' } },
      body: {
        ...{ post, role, validFrom: after(-60), validTo: after(20_000) },
        scope: { codes: dice.once(4) ? ['DF'] : ['*'], maxQuantity: 1 + dice.below(20), emergencies: true },
        reason: 'On call',
      },
    };
  },
  'delegation-revoke': ({ dice, ledger }) => {
    const registers = ORGS.flatMap((org) => ledger.view.register(org) ?? []);
    const register = dice.prefer(registers, ({ delegations }) => delegations.size > 0);
    if (!register) return undefined;
    const one = dice.prefer([...register.delegations.values()], ({ revokedAt }) => revokedAt === undefined);
    return {
      ...{ org: register.org, actor: { role: 'approver', id: 'chief' } },
      body: { delegationId: one?.delegationId ?? 'none', reason: 'Leave' },
    };
  },
  'approval-rules-set': (stage) => {
    const { dice } = stage;
    return {
      ...{ org: approverOf(stage).org, actor: dice.once(3) ? POSTS.requester : POSTS.approver },
      body: {
        rules: {
          requests: { personAbove: dice.of([null, 2, 4] as const) },
          offers: { personAbove: dice.of([null, 0, 1, 2] as const) },
        },
        reason: 'Policy',
      },
    };
  },
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

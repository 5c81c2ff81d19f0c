import type { ClaimLine, ClaimStatus } from '@muster/contracts';
import type { ClaimState } from '@muster/domain';
import type { Generators, Stage } from './stage.ts';

type Side = 'donor' | 'host';

const OPEN: readonly ClaimStatus[] = ['ESTIMATED', 'ACCRUING', 'SUBMITTED', 'QUERIED', 'AGREED'];

const lineOf = ({ dice }: Stage): ClaimLine => ({
  ...{ lineId: dice.of(['pay', 'travel', 'meals']), category: dice.of(['pay', 'travel', 'subsistence']) },
  amountPence: dice.below(500_000),
});

/** One of few posts, so that the same one comes back now and then; seldom one that has no part in money. */
const postOf = ({ dice }: Stage) =>
  dice.once(12)
    ? ({ role: 'requester', id: 'duty-desk' } as const)
    : ({ role: 'finance', id: dice.of(['finance-1', 'finance-2', 'finance-lead']) } as const);

/** A generator of a step of one side with a claim, mostly with one that stands where it has to. */
const about =
  <B extends object>(
    from: readonly ClaimStatus[],
    side: Side | 'both',
    body: (stage: Stage, of: ClaimState) => B,
  ) =>
  (stage: Stage) => {
    const { dice, ledger } = stage;
    const of = dice.prefer([...ledger.claims()], ({ status }) => from.includes(status));
    if (!of) return undefined;
    const { donor, claimId, host } = of;
    const own = side === 'both' ? dice.of<Side>(['donor', 'host']) : side;
    const isHost = dice.once(10) ? own === 'donor' : own === 'host';
    return { org: isHost ? host : donor, actor: postOf(stage), body: { donor, claimId, ...body(stage, of) } };
  };

/** What both sides do about the money for units that were lent. */
export const CLAIM_GENERATORS = {
  'claim-estimate': (stage) => {
    const { dice, ledger, deployments } = stage;
    const of = dice.prefer(
      deployments,
      ({ donor, deploymentId, status }) =>
        status !== 'CLOSED' && ledger.view.claim(donor, deploymentId) === undefined,
    );
    if (!of) return undefined;
    const { donor, host, deploymentId: claimId } = of;
    const lines = dice.once(3) ? {} : { lines: [lineOf(stage)] };
    return { org: dice.once(10) ? host : donor, actor: postOf(stage), body: { donor, claimId, ...lines } };
  },
  'claim-record': about(['ESTIMATED', 'ACCRUING'], 'donor', (stage) => ({ lines: [lineOf(stage)] })),
  'claim-submit': about(['ACCRUING'], 'donor', () => ({})),
  'claim-check': about(['SUBMITTED'], 'host', () => ({})),
  'claim-query': about(['SUBMITTED'], 'host', ({ dice }, { lines }) => ({
    ...{
      reason: 'Which sheet?',
      lineIds: dice.once(6) ? ['none'] : lines.slice(0, 1).map((one) => one.lineId),
    },
  })),
  'claim-answer': about(['QUERIED'], 'donor', (stage) => ({
    ...{ answer: 'This one', ...(stage.dice.once(2) && { lines: [lineOf(stage)] }) },
  })),
  'claim-agree': about(['SUBMITTED'], 'host', () => ({})),
  'claim-pay': about(['AGREED'], 'host', ({ dice, now }, { totalPence }) => ({
    ...{ amountPence: dice.once(6) ? totalPence + 1 : totalPence, paidAt: now, paymentRef: 'BACS 1' },
  })),
  'claim-waive': about(OPEN, 'both', ({ dice }, { waiver }) => ({
    ...{ basis: dice.once(4) ? ('nil-charge' as const) : (waiver?.basis ?? 'payback'), reason: 'In kind' },
  })),
} satisfies Generators<
  | 'claim-estimate'
  | 'claim-record'
  | 'claim-submit'
  | 'claim-check'
  | 'claim-query'
  | 'claim-answer'
  | 'claim-agree'
  | 'claim-pay'
  | 'claim-waive'
>;

import { command, type Story } from './history.ts';
import { draft, type Plant } from './plant.ts';

const submittedBy = ({ ledger }: Story, requestedBy: string, approval: object): void =>
  void Object.assign(draft(ledger, 'kent.r1.1').data, { requestedBy, approval });

/** Kent lets 1,000 pence be agreed, and 1,500 are with essex. */
const agreedTooMuch = ({ ledger }: Story): void => {
  Object.assign(draft(ledger, 'kent.r1.1').data, { costLimitPence: 1_000 });
  Object.assign(draft(ledger, 'kent.a1.1').data, { agreedCost: { amountPence: 1_500 } });
};

/** Faults in who approved what. */
export const approvalPlants: readonly Plant[] = [
  {
    name: 'a request is approved by the one who asked',
    kinds: ['self-approved'],
    story: (story) => submittedBy(story, 'duty-desk', { basis: 'oral', post: 'duty-desk' }),
  },
  {
    name: 'a request goes out before anybody has approved it',
    kinds: ['issued-unapproved'],
    story: (story) => submittedBy(story, 'duty-desk', { basis: 'awaited' }),
  },
  {
    name: 'more cost is agreed than was approved',
    kinds: ['accepted-beyond-approval'],
    story: agreedTooMuch,
  },
  {
    name: 'more units of a line are taken than were approved',
    kinds: ['accepted-beyond-approval'],
    story: ({ ledger }) =>
      void Object.assign(draft(ledger, 'kent.r1.1').data, {
        lines: [{ lineId: 'l1', quantity: 2, to: '2026-12-03T08:00:00.000Z' }],
      }),
  },
  {
    name: 'a post delegates to itself',
    kinds: ['self-approved'],
    story: ({ ledger }) => {
      const data = { org: 'kent', policyId: 'delegations', delegationId: 'd', post: 'acc', grantedBy: 'acc' };
      const subject = 'policy.kent.delegations.delegation-granted._';
      const time = '2026-11-22T11:59:00.000Z';
      ledger.unshift(...command('kent', 'd', time, [{ type: 'delegation.granted', subject, data }]));
    },
  },
];

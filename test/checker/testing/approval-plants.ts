import { command, type Story } from './history.ts';
import { draft, type Plant } from './plant.ts';

const submittedBy = ({ ledger }: Story, requestedBy: string, approval: object): void =>
  void Object.assign(draft(ledger, 'kent.r1.1').data, { requestedBy, approval });

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

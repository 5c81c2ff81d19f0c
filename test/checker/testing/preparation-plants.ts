import { command, type Story } from './history.ts';
import { before, draft, type Plant } from './plant.ts';

const NAME = { host: 'kent', requestId: 'r1', offerId: 'o1', donor: 'essex' };
const PREPARED_AT = '2026-11-22T12:01:30.000Z';

/** Essex leaves offers of one to its policy, from before the request on. */
const ruled = ({ ledger }: Story): void => {
  const data = { org: 'essex', policyId: 'delegations', rules: { offers: { personAbove: 1 } } };
  const subject = 'policy.essex.delegations.approval-rules-set._';
  const set = [{ type: 'approval_rules.set', subject, data }];
  ledger.unshift(...command('essex', 'rules', '2026-11-22T11:59:00.000Z', set));
};

type Decided = { post?: string; role?: string; org?: string };

/** Essex's offer rests on what a person of it has decided: one desk prepared it, another post approved. */
const decided = ({ ledger }: Story, steps: readonly ('prepared' | 'approved')[], by: Decided = {}): void => {
  const approval = { basis: 'person', post: 'essex-acc', role: 'donor-approver', org: 'essex', ...by };
  const bodies = {
    prepared: { ...NAME, lineId: 'l1', quantity: 2, preparedBy: 'essex-desk' },
    approved: { ...NAME, approval },
  };
  for (const step of steps) {
    const subject = `offer.essex.o1.${step}._`;
    const event = { type: `offer.${step}`, subject, data: bodies[step] };
    before(ledger, 'essex.o1.1', command('essex', `p-${step}`, PREPARED_AT, [event]));
  }
  Object.assign(draft(ledger, 'essex.o1.1').data, { approval: { basis: 'delegated', post: 'essex-acc' } });
};

/** Faults in who let an offer go out. */
export const preparationPlants: readonly Plant[] = [
  {
    name: 'a force offers by policy more than it leaves to that',
    kinds: ['offer-unapproved'],
    story: ruled,
  },
  {
    name: 'an offer goes out that waits for its approval',
    kinds: ['offer-unapproved'],
    story: (story) => decided(story, ['prepared']),
  },
  {
    name: 'an offer is approved that nobody has prepared',
    kinds: ['offer-unapproved'],
    story: (story) => decided(story, ['approved']),
  },
  {
    name: 'whoever prepared an offer approves it',
    kinds: ['self-approved'],
    story: (story) => decided(story, ['prepared', 'approved'], { post: 'essex-desk' }),
  },
  {
    name: 'the desk of a force approves an offer',
    kinds: ['offer-unapproved'],
    story: (story) => decided(story, ['prepared', 'approved'], { role: 'donor-desk' }),
  },
  {
    name: 'more is offered than was approved',
    kinds: ['offer-unapproved'],
    story: (story) => {
      decided(story, ['prepared', 'approved']);
      Object.assign(draft(story.ledger, 'essex.o1.1').data, { quantity: 3 });
    },
  },
];

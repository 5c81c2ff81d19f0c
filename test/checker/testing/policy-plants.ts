import { command, type Draft } from './history.ts';
import { draft, edit, type Item, nth, type Plant } from './plant.ts';

/** The centre sets the weights; told before all else of the story. */
const setting = (revision: number, replaces: string): Draft[] =>
  command('npocc', `set-${revision}`, '2026-11-22T11:50:00.000Z', [
    {
      type: 'policy.matching_set',
      subject: 'policy.npocc.matching.matching-set._',
      data: { org: 'npocc', policyId: 'matching', version: `2.${revision}`, revision, replaces },
    },
  ]);

const naming = (change: object): void => void Object.assign(change, { policyVersion: '2.7' });

/** Faults in which weights held when. */
export const policyPlants: readonly Plant[] = [
  {
    name: 'an acceptance names weights that nobody has set',
    kinds: ['policy-unfounded'],
    story: ({ ledger }) => void Object.assign(draft(ledger, 'kent.a1.1').data, { policyVersion: '2.7' }),
  },
  {
    name: 'a reservation names weights that nobody has set',
    kinds: ['policy-unfounded'],
    story: ({ ledger, home }) => {
      edit(ledger, 'kent.a2.2', ({ changes }) => naming(nth(changes, 0)));
      for (const { data } of home) {
        for (const { kind, bookingVersion, changes } of (data as { entries?: Item[] }).entries ?? [])
          if (kind === 'seen' && bookingVersion === 3) naming(nth(changes, 0));
      }
    },
  },
  {
    name: 'a version of the weights is left out',
    kinds: ['policy-unfounded'],
    story: ({ ledger }) => void ledger.unshift(...setting(1, '2'), ...setting(3, '2.1')),
  },
  {
    name: 'weights replace what was not in force',
    kinds: ['policy-unfounded'],
    story: ({ ledger }) => void ledger.unshift(...setting(1, '2'), ...setting(2, '2')),
  },
];

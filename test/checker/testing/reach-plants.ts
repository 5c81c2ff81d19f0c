import { command, type Story } from './history.ts';
import { after, type Plant } from './plant.ts';

const TIME = '2026-11-22T12:20:30.000Z';
const of = { host: 'kent', requestId: 'r1' };

const add = ({ ledger }: Story, word: string, data: object): void => {
  const type = `request.${word.replaceAll('-', '_')}`;
  const subject = `request.kent.r1.${word}._`;
  after(ledger, 'hub.t-1.2', command('hub', 't-9', TIME, [{ type, subject, data: { ...of, ...data } }]));
};

/** Faults in how far a request went. */
export const reachPlants: readonly Plant[] = [
  {
    name: 'a request goes national and no centre has agreed',
    kinds: ['escalated-unaccepted'],
    story: (story) => add(story, 'escalated', { fromTier: 2, toTier: 3 }),
  },
  {
    name: 'a line is unfilled and a force that was asked is not named',
    kinds: ['unfilled-incomplete'],
    story: (story) => add(story, 'unfilled', { lineId: 'l1', asked: ['essex', 'surrey'] }),
  },
];

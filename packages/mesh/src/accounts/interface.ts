import { homeDecideSubject, isForce, MODES, type Mode, streamName } from '@muster/contracts';
import { adapterDurable } from '../streams/durables.ts';

/** Account of the hub: all streams and services live in it. */
export const HUB_ACCOUNT = 'HUB';
export const SYSTEM_ACCOUNT = 'SYS';

/** The account of an organisation; it sees of the hub only what it imports. */
export const orgAccount = (org: string): string => `ORG_${org}`;

/** A subject of the hub on which an organisation may publish, and how many answers one message brings. */
export type Entrance = { subject: string; answers: 'one' | 'many' };

const one = (subject: string): Entrance => ({ subject, answers: 'one' });

/** Next-message and acknowledgement subjects of one durable; the second form is that of a later server default. */
export const pullSubjects = (stream: string, durable: string): { next: string; acks: string[] } => ({
  next: `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
  acks: [`$JS.ACK.${stream}.${durable}.>`, `$JS.ACK.*.*.${stream}.${durable}.>`],
});

/** What only a force has: its adverts, its home ledger, its dead letters and its one durable. */
const forceEntrances = (force: string, mode: Mode): Entrance[] => {
  const pull = pullSubjects(streamName('ASSISTANCE', mode), adapterDurable(force));
  return [
    one(`${mode}.capability.${force}.*`),
    one(`${mode}.home.${force}.*`),
    one(`dead.${mode}.${force}.*.*`),
    { subject: pull.next, answers: 'many' },
    ...pull.acks.map(one),
  ];
};

/** Everything that an organisation may send to the hub in a mode. */
export const entrancesOf = (org: string, mode: Mode): Entrance[] => [
  one(`cmd.${mode}.${org}.*`),
  one(`ask.${mode}.${org}.*`),
  ...(isForce(org) ? forceEntrances(org, mode) : []),
];

/** The subject on which a force's services take their dead letters back; the hub asks, the force answers. */
export const replayEntrance = (force: string, mode: Mode): string => `replay.${mode}.${force}.*.*`;

/** What a force answers the hub: dead letters that it takes back, and decisions for its home ledger. */
export const forceAnswers = (force: string, mode: Mode): string[] => [
  replayEntrance(force, mode),
  homeDecideSubject(mode, force),
];

/** Services that the hub imports from an organisation's account. */
export const hubImportsOf = (org: string): string[] =>
  isForce(org) ? MODES.flatMap((mode) => forceAnswers(org, mode)) : [];

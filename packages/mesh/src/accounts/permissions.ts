import {
  ALERT_COMMANDS,
  ASK_NAMES,
  ASKS,
  DEAD_LETTER_STREAM,
  HUB,
  isForce,
  MODES,
  type Mode,
  STREAM_KINDS,
  streamName,
} from '@muster/contracts';
import { inboxPrefixOf } from '../connect/connect.ts';
import type { HubUser } from '../keys/users.ts';
import { ALERTS_DELIVER, adapterDurable, BROKER_ARM, BROKER_DUE, BROKER_HOME } from '../streams/durables.ts';
import { entrancesOf, forceAnswers, pullSubjects } from './interface.ts';

/** What a user may publish and subscribe to, as the server's configuration says it. */
export type Permissions = {
  publish: { allow: string[]; deny?: string[] };
  subscribe: { allow: string[] };
  /** Right to answer a message that came, this often and for so long, where no subject is known before. */
  allow_responses?: { max: number; expires: string };
};

type Durable = { stream: string; name: string };

/** A force that takes a dead letter back, or a decision for its home ledger, has this long to answer. */
const ANSWER_TO_HUB = { max: 1, expires: '1m' };

const STREAMS = [
  ...MODES.flatMap((mode) => STREAM_KINDS.map((kind) => streamName(kind, mode))),
  DEAD_LETTER_STREAM,
];

/** Answers to what came from an organisation's account, and to what came from inside the hub. */
const ANSWERS = ['_R_.>', '_INBOX.>'];

const brokerDurables: readonly Durable[] = MODES.flatMap((mode) => [
  { stream: streamName('HOME', mode), name: BROKER_HOME },
  { stream: streamName('ASSISTANCE', mode), name: BROKER_ARM },
  { stream: streamName('TIMERS', mode), name: BROKER_DUE },
]);

const alerterDurables: readonly Durable[] = MODES.map((mode) => ({
  stream: streamName('ALERTS', mode),
  name: ALERTS_DELIVER,
}));

const adapterDurables = (orgs: readonly string[]): Durable[] =>
  MODES.flatMap((mode) =>
    orgs
      .filter(isForce)
      .map((force) => ({ stream: streamName('ASSISTANCE', mode), name: adapterDurable(force) })),
  );

/** Look-ups and consumers of one's own on a stream; no right to change the stream or its messages. */
const readStream = (stream: string): string[] => [
  `$JS.API.STREAM.INFO.${stream}`,
  `$JS.API.STREAM.MSG.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}.>`,
  `$JS.API.CONSUMER.CREATE.${stream}.>`,
  `$JS.API.CONSUMER.INFO.${stream}.>`,
  `$JS.API.CONSUMER.DELETE.${stream}.>`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.>`,
];

/** The right to make consumers must not reach those that others depend on. */
const handsOff = ({ stream, name }: Durable, mine: boolean): string[] => [
  `$JS.API.CONSUMER.CREATE.${stream}.${name}`,
  `$JS.API.CONSUMER.CREATE.${stream}.${name}.>`,
  `$JS.API.CONSUMER.DELETE.${stream}.${name}`,
  ...(mine ? [] : [pullSubjects(stream, name).next]),
];

const reader = (
  orgs: readonly string[],
  own: readonly Durable[],
  streams: readonly string[] = STREAMS,
): { allow: string[]; deny: string[] } => ({
  allow: streams.flatMap(readStream),
  deny: [...brokerDurables, ...alerterDurables, ...adapterDurables(orgs)].flatMap((durable) =>
    handsOff(durable, own.includes(durable)),
  ),
});

/** What the gateway shows to people comes from these. */
const FACTS = MODES.flatMap((mode) =>
  (['CAPABILITY', 'ASSISTANCE', 'HOME'] as const).map((kind) => streamName(kind, mode)),
);

const brokerWrites = MODES.flatMap((mode) => [
  `${mode}.request.>`,
  `${mode}.offer.>`,
  `${mode}.booking.>`,
  `${mode}.deployment.>`,
  `${mode}.claim.>`,
  `${mode}.policy.>`,
  `${mode}.timer.>`,
]);

const ALERT_STREAMS = MODES.map((mode) => streamName('ALERTS', mode));
const alerterWrites = MODES.flatMap((mode) => [`${mode}.alert.>`, `${mode}.page.>`]);
const alerterServes = MODES.flatMap((mode) => [
  ...ASK_NAMES.filter((name) => ASKS[name].service === 'alerter').map((name) => `ask.${mode}.*.${name}`),
  ...Object.keys(ALERT_COMMANDS).map((name) => `cmd.${mode}.*.${name}`),
]);

const hubDeadLetters = MODES.map((mode) => `dead.${mode}.${HUB}.*.*`);
const hubReplays = MODES.map((mode) => `replay.${mode}.${HUB}.*.*`);
const commands = MODES.map((mode) => `cmd.${mode}.*.*`);
const asks = MODES.map((mode) => `ask.${mode}.*.*`);
/** How far people had read, which is all that the gateway remembers in the mesh. */
const marks = MODES.flatMap((mode) => [
  `${mode}.mark.*.*`,
  `$JS.API.DIRECT.GET.${streamName('ALERTS', mode)}.${mode}.mark.>`,
]);

/** Where a new beginning of the exercise is asked for: by the gateway alone, which knows who the national centre is. */
export const EXERCISE_RESET_SUBJECT = 'reset.exercise';

const homeDecisions = MODES.map((mode) => `decide.${mode}.*.home`);

/** Permissions of a user of the hub's account; undefined: no limit inside that account. */
export const hubPermissions = (
  user: HubUser,
  publicKey: string,
  orgs: readonly string[],
): Permissions | undefined => {
  const inbox = `${inboxPrefixOf(publicKey)}.>`;
  switch (user) {
    case 'hub-admin':
      return undefined;
    case 'hub-broker': {
      const { allow, deny } = reader(orgs, brokerDurables);
      const acks = brokerDurables.flatMap(({ stream, name }) => pullSubjects(stream, name).acks);
      return {
        publish: { allow: [...brokerWrites, ...hubDeadLetters, ...ANSWERS, ...acks, ...allow], deny },
        subscribe: { allow: [...commands, ...asks, ...hubReplays, inbox] },
      };
    }
    case 'hub-registry': {
      const { allow, deny } = reader(orgs, []);
      return {
        publish: { allow: [...hubDeadLetters, ...ANSWERS, ...allow], deny },
        subscribe: { allow: [...asks, ...hubReplays, inbox] },
      };
    }
    case 'hub-gateway': {
      // It speaks for the organisations whose people have signed in; it answers nobody and writes no fact.
      const { allow, deny } = reader(orgs, [], FACTS);
      return {
        publish: {
          allow: [...commands, ...asks, ...homeDecisions, ...marks, EXERCISE_RESET_SUBJECT, ...allow],
          deny,
        },
        subscribe: { allow: [inbox] },
      };
    }
    case 'hub-alerter': {
      // It remembers whom it has called, and changes nothing of what it calls about.
      const { allow, deny } = reader(orgs, alerterDurables, [...FACTS, ...ALERT_STREAMS]);
      const acks = alerterDurables.flatMap(({ stream, name }) => pullSubjects(stream, name).acks);
      return {
        publish: { allow: [...alerterWrites, ...hubDeadLetters, ...ANSWERS, ...acks, ...allow], deny },
        subscribe: { allow: [...alerterServes, ...hubReplays, inbox] },
      };
    }
    case 'hub-auditor': {
      const { allow, deny } = reader(orgs, []);
      return { publish: { allow, deny }, subscribe: { allow: [inbox] } };
    }
    default: {
      const never: never = user;
      throw new Error(`unknown user ${never}`);
    }
  }
};

/** Permissions of an organisation's user: its entrances of that mode and its own inbox, nothing else. */
export const orgPermissions = (org: string, mode: Mode, publicKey: string): Permissions => {
  const inbox = `${inboxPrefixOf(publicKey)}.>`;
  const publish = { allow: entrancesOf(org, mode).map(({ subject }) => subject) };
  if (!isForce(org)) return { publish, subscribe: { allow: [inbox] } };
  return {
    publish,
    subscribe: { allow: [inbox, ...forceAnswers(org, mode)] },
    allow_responses: ANSWER_TO_HUB,
  };
};

/** Permissions of an organisation's reader: it asks what the organisation may see, and can send nothing else. */
export const readerPermissions = (org: string, mode: Mode, publicKey: string): Permissions => ({
  publish: { allow: [`ask.${mode}.${org}.*`] },
  subscribe: { allow: [`${inboxPrefixOf(publicKey)}.>`] },
});

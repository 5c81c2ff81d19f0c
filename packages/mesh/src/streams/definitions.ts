import { BODY_BYTES_MAX, DEAD_LETTER_STREAM, MODES, type Mode, streamName } from '@muster/contracts';
import type { StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import { EPOCH_KEY } from '../project/stream.ts';
import type { StreamDefinition } from './types.ts';

const DAY_MS = 86_400_000;
/** How long it is known who was called, in milliseconds: nobody is called twice about what waits no longer than that. */
const ALERT_AGE_MS = 400 * DAY_MS;
/** How long dead letters are kept, in milliseconds. */
const DEAD_LETTER_AGE_MS = 90 * DAY_MS;
/** Dead letters of one owner, service and reason that are kept: nobody can flood out the others' letters. */
const DEAD_LETTERS_PER_SUBJECT_MAX = 10_000;
/** Adverts kept of one capability: the one that stands and the one before it. */
const ADVERTS_KEPT = 2;
/** Longest message, in bytes: the longest body, and room for its headers. */
const MESSAGE_BYTES_MAX = BODY_BYTES_MAX + 16_384;
/** Longest dead letter, in bytes: any message, and what its letter says about it. */
const DEAD_LETTER_BYTES_MAX = MESSAGE_BYTES_MAX + 65_536;
/** How long the ledger knows an event id again, in milliseconds. Beyond it, compare-and-set decides. */
const LEDGER_DUPLICATE_WINDOW_MS = 10 * 60_000;
/**
 * The shortest that the server takes, in milliseconds. Message ids are shared by all who write to a stream: where
 * several forces write, one could use up another's id, so no id may count for long.
 */
const SHARED_DUPLICATE_WINDOW_MS = 100;

/** Epoch of a stream that was never reset. */
export const FIRST_EPOCH = 'first';

const base = (name: string, subjects: string[], replicas: 1 | 3): StreamDefinition['config'] => ({
  name,
  subjects,
  storage: 'file',
  retention: 'limits',
  discard: 'new',
  num_replicas: replicas,
  max_msgs: -1,
  max_bytes: -1,
  max_age: 0,
  max_msgs_per_subject: -1,
  max_msg_size: MESSAGE_BYTES_MAX,
  allow_direct: true,
  allow_rollup_hdrs: false,
  allow_msg_ttl: false,
  allow_msg_schedules: false,
  allow_atomic: true,
  deny_delete: true,
  deny_purge: true,
});

type Extra = Partial<StreamConfig>;

/** Exercises are played again and again, so a person may empty their streams; a real ledger never. */
const purgeRule = (mode: Mode): Extra => ({ deny_purge: mode === 'actual' });

const capability = (mode: Mode, replicas: 1 | 3): StreamDefinition['config'] => ({
  ...base(streamName('CAPABILITY', mode), [`${mode}.capability.*.*`], replicas),
  ...purgeRule(mode),
  discard: 'old',
  max_msgs_per_subject: ADVERTS_KEPT,
  // Without delete markers: those would switch roll-ups on.
  allow_msg_ttl: true,
  duplicate_window: nanos(SHARED_DUPLICATE_WINDOW_MS),
});

const assistance = (mode: Mode, replicas: 1 | 3): StreamDefinition['config'] => ({
  ...base(
    streamName('ASSISTANCE', mode),
    [
      `${mode}.request.*.*.*.*`,
      `${mode}.offer.*.*.*.*`,
      `${mode}.booking.*.*`,
      `${mode}.deployment.*.*.*.*`,
      `${mode}.claim.*.*.*.*`,
      `${mode}.policy.*.*.*.*`,
    ],
    replicas,
  ),
  ...purgeRule(mode),
  duplicate_window: nanos(LEDGER_DUPLICATE_WINDOW_MS),
});

const home = (mode: Mode, replicas: 1 | 3): StreamDefinition['config'] => ({
  ...base(streamName('HOME', mode), [`${mode}.home.*.*`], replicas),
  ...purgeRule(mode),
  duplicate_window: nanos(SHARED_DUPLICATE_WINDOW_MS),
});

const timers = (mode: Mode, replicas: 1 | 3): StreamDefinition['config'] => ({
  ...base(streamName('TIMERS', mode), [`${mode}.timer.*.*.*.*`, `${mode}.due.*.*.*.*`], replicas),
  // The server forces roll-ups and purges on for schedules: why they have a stream of their own.
  allow_msg_schedules: true,
  discard: 'old',
  allow_rollup_hdrs: true,
  deny_purge: false,
  deny_delete: false,
  // Due messages end by their own time to live; an age for the stream would end armed timers too.
  allow_msg_ttl: true,
});

const alerts = (mode: Mode, replicas: 1 | 3): StreamDefinition['config'] => ({
  ...base(
    streamName('ALERTS', mode),
    [`${mode}.alert.*.*`, `${mode}.page.*.*.*`, `${mode}.mark.*.*`],
    replicas,
  ),
  ...purgeRule(mode),
  max_age: nanos(ALERT_AGE_MS),
  allow_atomic: false,
});

const deadLetters = (replicas: 1 | 3): StreamDefinition['config'] => ({
  ...base(
    DEAD_LETTER_STREAM,
    [
      'dead.*.*.*.*',
      '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>',
      '$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>',
    ],
    replicas,
  ),
  discard: 'old',
  max_msg_size: DEAD_LETTER_BYTES_MAX,
  max_age: nanos(DEAD_LETTER_AGE_MS),
  max_msgs_per_subject: DEAD_LETTERS_PER_SUBJECT_MAX,
  allow_atomic: false,
  duplicate_window: nanos(SHARED_DUPLICATE_WINDOW_MS),
});

export type StreamOptions = {
  modes?: readonly Mode[];
  /** Copies of every message: 1 on a single server, 3 on a cluster. Default 1. */
  replicas?: 1 | 3;
  /** Epoch for streams that are made now; those that exist keep theirs. */
  epoch?: Partial<Record<Mode, string>>;
};

/** The streams of these modes (default: both), and the one of dead letters. */
export const streamDefinitions = (options: StreamOptions = {}): StreamDefinition[] => {
  const replicas = options.replicas ?? 1;
  const ofMode = (mode: Mode): StreamDefinition[] =>
    [capability, assistance, home, timers, alerts].map((make) => {
      const config = make(mode, replicas);
      const epoch = options.epoch?.[mode] ?? FIRST_EPOCH;
      return { name: config.name, config: { ...config, metadata: { [EPOCH_KEY]: epoch } } };
    });
  const dead = deadLetters(replicas);
  return [...(options.modes ?? MODES).flatMap(ofMode), { name: dead.name, config: dead }];
};

import { DEAD_LETTER_STREAM, MODES, type Mode, STREAM_KINDS, streamName } from '@muster/contracts';

/** One subject to probe. `family` says what it is for; `owner` and `mode` whose it is, where it is anybody's. */
export type Probe = { family: Family; subject: string; owner?: string; mode?: Mode };

export type Family =
  | 'command'
  | 'ask'
  | 'advert'
  | 'home'
  | 'dead-letter'
  | 'ledger'
  | 'timer'
  | 'alert'
  | 'next'
  | 'ack'
  | 'later-ack'
  | 'replay'
  | 'decide'
  | 'inbox'
  | 'api'
  | 'wildcard';

/** Every kind of subject that belongs to an organisation in a mode. */
export const ownedSubjects = (owner: string, mode: Mode, inboxKey: string | undefined): Probe[] => {
  const ledger = streamName('ASSISTANCE', mode);
  const durable = `ADAPTER_${owner}`;
  const named: [Family, string][] = [
    ['command', `cmd.${mode}.${owner}.request-create`],
    ['ask', `ask.${mode}.${owner}.capability-search`],
    ['advert', `${mode}.capability.${owner}.probe`],
    ['home', `${mode}.home.${owner}.probe`],
    ['dead-letter', `dead.${mode}.${owner}.force-adapter.bad-row`],
    ['ledger', `${mode}.request.${owner}.R1.issued._`],
    ['ledger', `${mode}.request.dorset.R1.notice.${owner}`],
    ['ledger', `${mode}.booking.${owner}.probe`],
    ['ledger', `${mode}.deployment.${owner}.D1.opened.dorset`],
    ['ledger', `${mode}.claim.${owner}.C1.made.dorset`],
    ['ledger', `${mode}.policy.${owner}.delegations.delegation-granted._`],
    ['ledger', `${mode}.policy.dorset.delegations.delegation-granted.${owner}`],
    ['timer', `${mode}.timer.request.${owner}.R1.end`],
    ['timer', `${mode}.due.request.${owner}.R1.end`],
    ['alert', `${mode}.alert.${owner}.A1`],
    ['alert', `${mode}.mark.${owner}.k1`],
    ['alert', `${mode}.page.${owner}.A1.0-email`],
    ['next', `$JS.API.CONSUMER.MSG.NEXT.${ledger}.${durable}`],
    ['ack', `$JS.ACK.${ledger}.${durable}.1.1.1.1700000000000000000.0`],
    ['later-ack', `$JS.ACK.HUB.hash.${ledger}.${durable}.1.1.1.1700000000000000000.0`],
    ['decide', `decide.${mode}.${owner}.home`],
    ['replay', `replay.${mode}.${owner}.force-adapter.${durable}`],
  ];
  if (inboxKey !== undefined) named.push(['inbox', `_INBOX.${inboxKey}.probe`]);
  return named.map(([family, subject]) => ({ family, subject, owner, mode }));
};

const STREAMS = [
  ...MODES.flatMap((mode) => STREAM_KINDS.map((kind) => streamName(kind, mode))),
  DEAD_LETTER_STREAM,
];

/** What the broker offers on a stream beyond the messages of the mesh, by what it does. */
export const streamApi = (stream: string): { reading: string[]; changing: string[] } => ({
  reading: [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.STREAM.MSG.GET.${stream}`,
    `$JS.API.DIRECT.GET.${stream}`,
    `$JS.API.DIRECT.GET.${stream}.actual.home.kent.probe`,
    `$JS.API.CONSUMER.CREATE.${stream}.mine`,
    `$JS.API.CONSUMER.CREATE.${stream}.mine.actual.home.>`,
    `$JS.API.CONSUMER.INFO.${stream}.mine`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.mine`,
    `$JS.API.CONSUMER.DELETE.${stream}.mine`,
  ],
  changing: [
    `$JS.API.STREAM.CREATE.${stream}`,
    `$JS.API.STREAM.UPDATE.${stream}`,
    `$JS.API.STREAM.DELETE.${stream}`,
    `$JS.API.STREAM.PURGE.${stream}`,
    `$JS.API.STREAM.MSG.DELETE.${stream}`,
    `$JS.API.STREAM.SNAPSHOT.${stream}`,
    `$JS.API.STREAM.RESTORE.${stream}`,
    `$JS.API.STREAM.LEADER.STEPDOWN.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.mine`,
    `$JS.API.CONSUMER.PAUSE.${stream}.mine`,
    `$JS.API.CONSUMER.LEADER.STEPDOWN.${stream}.mine`,
  ],
});

/** The broker's own interface: no organisation has any of it. */
export const apiSubjects = (): Probe[] => [
  ...STREAMS.flatMap((stream) => {
    const { reading, changing } = streamApi(stream);
    return [...reading, ...changing].map((subject): Probe => ({ family: 'api', subject }));
  }),
  ...['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$SYS.REQ.SERVER.PING', '_R_.probe', 'elsewhere'].map(
    (subject): Probe => ({ family: 'api', subject }),
  ),
];

/** Subscriptions that would show what is somebody else's. */
export const wildcards = (): Probe[] =>
  [
    '>',
    '*.>',
    'actual.>',
    'exercise.>',
    'cmd.>',
    'ask.>',
    'dead.>',
    '_INBOX.>',
    '_INBOX.*.>',
    '_R_.>',
    '$JS.>',
    '$JS.EVENT.ADVISORY.>',
    '$SYS.>',
    'replay.>',
    'decide.>',
    'reset.>',
  ].map((subject): Probe => ({ family: 'wildcard', subject }));

export const ALL_STREAMS: readonly string[] = STREAMS;

import type { RawRecord } from '../facts.ts';

/** An event before it has a place in its stream. */
export type Draft = {
  id: string;
  type: string;
  subject: string;
  time: string;
  actor: string;
  data: Record<string, unknown>;
};

/** Drafts by stream; sequences are given when the history is read. */
export type Story = { adverts: Draft[]; ledger: Draft[]; home: Draft[] };

type Told = { type: string; subject: string; data: Record<string, unknown> };

/** The events of one command, numbered from 1. */
export const command = (org: string, commandId: string, time: string, events: readonly Told[]): Draft[] =>
  events.map((event, index) => ({
    id: `${org}.${commandId}.${index + 1}`,
    type: `muster.${event.type}.v1`,
    subject: `actual.${event.subject}`,
    time,
    actor: `${org}/broker/desk`,
    data: event.data,
  }));

const records = (stream: string, drafts: readonly Draft[]): RawRecord[] =>
  drafts.map((draft, index) => ({
    stream,
    seq: index + 1,
    subject: draft.subject,
    headers: {
      'ce-id': draft.id,
      'ce-type': draft.type,
      'ce-time': draft.time,
      'ce-commandid': draft.id.split('.')[1] ?? '',
      'ce-actor': draft.actor,
    },
    body: JSON.stringify(draft.data),
    storedAt: draft.time,
  }));

/** The story as the streams would hold it. */
export const recordsOf = (story: Story): RawRecord[][] => [
  records('CAPABILITY_ACTUAL', story.adverts),
  records('ASSISTANCE_ACTUAL', story.ledger),
  records('HOME_ACTUAL', story.home),
];

const SPAN = { from: '2026-12-01T08:00:00.000Z', to: '2026-12-03T08:00:00.000Z' };
const OF = { host: 'kent', requestId: 'r1' };
const CONFIRM_BY = '2026-11-22T12:30:00.000Z';

const clock = (minute: number): string => `2026-11-22T12:${String(minute).padStart(2, '0')}:00.000Z`;

const request = (word: string, to: string, data: Record<string, unknown>): Told => ({
  type:
    word.includes('-') && /^(offer|commitment)-/.test(word)
      ? word.replace('-', '.').replaceAll('-', '_')
      : `request.${word.replaceAll('-', '_')}`,
  subject: `request.kent.r1.${word}.${to}`,
  data: { ...OF, ...data },
});

const notice = (force: string, kind: string): Told => request('notice', force, { force, notice: { kind } });

const booking = (donor: string, bookingVersion: number, ...changes: object[]): Told => ({
  type: 'booking.changed',
  subject: `booking.${donor}.fccu`,
  data: { donor, capabilityId: 'fccu', bookingVersion, changes },
});

const home = (donor: string, homeVersion: number, ...entries: object[]): Told => ({
  type: 'home.recorded',
  subject: `home.${donor}.fccu`,
  data: { donor, capabilityId: 'fccu', homeVersion, entries },
});

const opened = (kind: 'booking' | 'home', donor: string): Told => ({
  type: `${kind}.opened`,
  subject: `${kind}.${donor}.fccu`,
  data: { donor, capabilityId: 'fccu', [`${kind}Version`]: 0 },
});

const advert = (force: string, quantity: number): Told => ({
  type: 'capability.advertised',
  subject: `capability.${force}.fccu`,
  data: { force, capabilityId: 'fccu', revision: 1, kind: 'pool', quantity },
});

const deployment = (word: string, type: string, data: object = {}): Told => ({
  type,
  subject: `deployment.essex.o1.${word}.kent`,
  data: { donor: 'essex', deploymentId: 'o1', host: 'kent', ...data },
});

const offer = (word: string, donor: string, offerId: string, data: object = {}): Told =>
  request(word, donor, { offerId, lineId: 'l1', donor, ...data });

const made = (donor: string, offerId: string, quantity: number): Told =>
  offer('offer-made', donor, offerId, { quantity, approval: { basis: 'policy' } });

const reserved = (bookingId: string, token: number, quantity: number, gross: number) => ({
  ...{ kind: 'reserved', bookingId, token, ...OF, lineId: 'l1', quantity, ...SPAN, confirmBy: CONFIRM_BY },
  reliedOn: { revision: 1, quantity: gross },
});

const accepted = (donor: string, offerId: string, token: number, quantity: number): Told =>
  offer('offer-accepted', donor, offerId, { capabilityId: 'fccu', token, quantity, ...SPAN });

const step = (kind: string, bookingId: string, token: number, more: object = {}) => ({
  ...{ kind, bookingId, token },
  ...more,
});

const seen = (bookingVersion: number, ...changes: object[]) => ({ kind: 'seen', bookingVersion, changes });

const RETURNED_AT = '2026-12-02T20:00:00.000Z';

const asks = (): Draft[] => [
  ...command('hub', 'g-1', clock(0), [opened('booking', 'essex'), opened('booking', 'surrey')]),
  ...command('kent', 'r1', clock(1), [
    request('submitted', '_', { lines: [{ lineId: 'l1', quantity: 9, to: SPAN.to }] }),
    request('issued', '_', {
      recipients: ['essex', 'surrey', 'sussex', 'dorset'].map((force) => ({ force, lineIds: ['l1'] })),
      answerBy: '2026-11-22T12:20:00.000Z',
    }),
    ...['essex', 'surrey', 'sussex', 'dorset'].map((force) => notice(force, 'issued')),
  ]),
  ...command('essex', 'o1', clock(2), [made('essex', 'o1', 2)]),
  ...command('surrey', 'o2', clock(3), [made('surrey', 'o2', 2)]),
  ...command('surrey', 'o3', clock(3), [made('surrey', 'o3', 2)]),
  ...command('dorset', 'd1', clock(4), [
    request('offer-declined', 'dorset', { donor: 'dorset', lineIds: ['l1'] }),
  ]),
];

const decisions = (): Draft[] => [
  ...command('kent', 'a1', clock(5), [
    accepted('essex', 'o1', 1, 2),
    accepted('surrey', 'o2', 1, 1),
    booking('essex', 1, reserved('o1', 1, 2, 3)),
    booking('surrey', 1, reserved('o2', 1, 1, 2)),
  ]),
  ...command('essex', 'h-2-0-fccu', clock(7), [
    offer('commitment-made', 'essex', 'o1', {
      ...{ capabilityId: 'fccu', token: 1, homeVersion: 2, quantity: 2, ...SPAN, deploymentId: 'o1' },
    }),
    booking('essex', 2, step('confirmed', 'o1', 1, { homeVersion: 2 })),
    deployment('opened', 'deployment.opened', {
      ...{ bookingId: 'o1', capabilityId: 'fccu', token: 1, quantity: 2, ...SPAN },
    }),
  ]),
  ...command('surrey', 'h-1-1-fccu', clock(8), [
    offer('commitment-refused', 'surrey', 'o2', { capabilityId: 'fccu', token: 1, homeVersion: 1 }),
    booking('surrey', 2, step('refused', 'o2', 1, { homeVersion: 1 })),
  ]),
  ...command('hub', 't-1', clock(20), [
    request('answer-time-expired', '_', { silent: [{ force: 'sussex', lineIds: ['l1'] }] }),
    notice('sussex', 'answer-time-expired'),
  ]),
  ...command('kent', 'a2', clock(21), [
    accepted('surrey', 'o3', 3, 2),
    booking('surrey', 3, reserved('o3', 3, 2, 2)),
  ]),
  ...command('hub', 't-2', clock(31), [
    offer('offer-lapsed', 'surrey', 'o3'),
    booking('surrey', 4, step('lapsing', 'o3', 3)),
  ]),
  ...command('surrey', 'h-2-3-fccu', clock(33), [
    booking('surrey', 5, step('void', 'o3', 3, { homeVersion: 2 })),
  ]),
];

const ends = (): Draft[] => [
  ...command('essex', 's1', clock(40), [deployment('status', 'deployment.status', { status: 'MOBILISING' })]),
  ...command('kent', 'x1', clock(41), [
    deployment('released', 'resource.released'),
    booking('essex', 3, step('released', 'o1', 1)),
  ]),
  ...command('essex', 'b1', clock(42), [
    deployment('returned', 'deployment.returned'),
    booking('essex', 4, step('returned', 'o1', 1, { at: RETURNED_AT })),
    request('closed', '_', {}),
    notice('surrey', 'closed'),
  ]),
];

const homes = (): Draft[] => [
  ...command('essex', 'c1', clock(0), [opened('home', 'essex')]),
  ...command('surrey', 'c1', clock(0), [opened('home', 'surrey')]),
  ...command('essex', 'c2', clock(6), [home('essex', 1, seen(1, reserved('o1', 1, 2, 3)))]),
  ...command('essex', 'c3', clock(6), [
    home('essex', 2, { ...step('confirmed', 'o1', 1), quantity: 2, ...SPAN, gross: 3 }),
  ]),
  ...command('surrey', 'c2', clock(7), [
    home('surrey', 1, seen(1, reserved('o2', 1, 1, 2)), step('refused', 'o2', 1)),
  ]),
  ...command('essex', 'c4', clock(9), [
    home('essex', 3, seen(2, step('confirmed', 'o1', 1, { homeVersion: 2 }))),
  ]),
  ...command('essex', 'c5', clock(10), [
    home('essex', 4, { kind: 'used', useId: 'u1', quantity: 1, ...SPAN, gross: 3 }),
  ]),
  ...command('surrey', 'c3', clock(32), [
    home(
      'surrey',
      2,
      seen(2, step('refused', 'o2', 1, { homeVersion: 1 })),
      seen(3, reserved('o3', 3, 2, 2)),
      seen(4, step('lapsing', 'o3', 3)),
      step('void', 'o3', 3),
    ),
  ]),
];

/** When the clean story is judged: long after everything in it, its windows included. */
export const NOW = '2026-12-10T00:00:00.000Z';

/** A history in which every rule holds, and in which most things that can happen do. */
export const cleanStory = (): Story => ({
  adverts: [
    ...command('essex', 'v1', clock(0), [advert('essex', 3)]),
    ...command('surrey', 'v1', clock(0), [advert('surrey', 2)]),
  ],
  ledger: [...asks(), ...decisions(), ...ends()],
  home: homes(),
});

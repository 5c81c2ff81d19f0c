import { expect, it } from 'vitest';
import { check } from './check.ts';
import { cleanStory, command, type Draft, NOW, recordsOf, type Story } from './testing/history.ts';
import { draft, drop, dropCommand, edit, nth } from './testing/plant.ts';

const BEFORE = { from: '2026-12-01T08:00:00.000Z', to: '2026-12-03T08:00:00.000Z' };
const SPAN = { from: '2026-12-03T20:00:00.000Z', to: '2026-12-05T08:00:00.000Z' };
const CONTINUES = { bookingId: 'o1', since: BEFORE.from };
const OF = { host: 'kent', requestId: 'r2' };
const OFFER = { ...OF, offerId: 'o4', lineId: 'l1', donor: 'essex' };
const UNITS = { capabilityId: 'fccu', token: 4, quantity: 2, ...SPAN };

const request = (type: string, to: string, data: object, requestId = 'r2') => ({
  type,
  subject: `request.kent.${requestId}.${type.replace('request.', '').replace(/[._]/g, '-')}.${to}`,
  data: { ...OF, requestId, ...data },
});
const deployment = (type: string, id: string, data: object = {}) => ({
  type,
  subject: `deployment.essex.${id}.${(type.split('.')[1] ?? '').replace('_', '-')}.kent`,
  data: { donor: 'essex', deploymentId: id, host: 'kent', ...data },
});
const booking = (bookingVersion: number, ...changes: object[]) => ({
  type: 'booking.changed',
  subject: 'booking.essex.fccu',
  data: { donor: 'essex', capabilityId: 'fccu', bookingVersion, changes },
});
const home = (homeVersion: number, ...entries: object[]) => ({
  type: 'home.recorded',
  subject: 'home.essex.fccu',
  data: { donor: 'essex', capabilityId: 'fccu', homeVersion, entries },
});
const at = (minute: number): string => `2026-11-22T12:${minute}:00.000Z`;

const released = { kind: 'released', bookingId: 'o1', token: 1 };
const reserved = {
  ...{ kind: 'reserved', bookingId: 'o4', token: 4, ...OF, lineId: 'l1', quantity: 2, ...SPAN },
  ...{ confirmBy: at(55), reliedOn: { revision: 1, quantity: 3 }, continues: CONTINUES },
};
const confirmed = { bookingId: 'o4', token: 4, quantity: 2, ...SPAN, gross: 3, continues: CONTINUES };

const promised = (): Draft[] => [
  ...command('kent', 'r2', at(43), [
    request('request.submitted', '_', { lines: [{ lineId: 'l1', quantity: 2, to: SPAN.to }] }),
    request('request.issued', '_', {
      recipients: [{ force: 'essex', lineIds: ['l1'] }],
      answerBy: at(50),
    }),
    request('request.notice', 'essex', { force: 'essex', notice: { kind: 'issued' } }),
  ]),
  ...command('essex', 'o4', at(44), [
    request('offer.made', 'essex', {
      ...{ ...OFFER, continues: 'o1', quantity: 2 },
      approval: { basis: 'policy' },
    }),
  ]),
  ...command('kent', 'a4', at(45), [
    request('offer.accepted', 'essex', { ...OFFER, ...UNITS }),
    booking(4, reserved),
  ]),
];

const ended = (): Draft[] => [
  ...command('kent', 'x4', at(48), [
    deployment('resource.released', 'o4'),
    booking(6, { ...released, bookingId: 'o4', token: 4 }),
  ]),
  ...command('essex', 'b4', at(49), [
    deployment('deployment.returned', 'o4'),
    booking(7, { kind: 'returned', bookingId: 'o4', token: 4, at: '2026-12-05T07:00:00.000Z' }),
    request('request.closed', '_', {}),
  ]),
];

/** Essex leaves the units that kent has released to another request of kent, without their going home. */
const onward = (): Story => {
  const story = cleanStory();
  dropCommand(story.ledger, 'essex.b1');
  story.ledger.push(
    ...promised(),
    ...command('essex', 'h-6-0-fccu', at(47), [
      request('commitment.made', 'essex', { ...OFFER, ...UNITS, homeVersion: 6, deploymentId: 'o4' }),
      booking(
        5,
        { kind: 'confirmed', bookingId: 'o4', token: 4, homeVersion: 6 },
        { kind: 'handed-on', bookingId: 'o1', token: 1, next: 'o4', at: at(47) },
      ),
      deployment('deployment.opened', 'o4', { ...UNITS, bookingId: 'o4', continues: CONTINUES }),
      deployment('deployment.handed_on', 'o1', { nextDeploymentId: 'o4', at: at(47) }),
      request('request.closed', '_', {}, 'r1'),
      request('request.notice', 'surrey', { force: 'surrey', notice: { kind: 'closed' } }, 'r1'),
    ]),
    ...ended(),
  );
  story.home.push(
    ...command('essex', 'c6', at(46), [home(5, { kind: 'seen', bookingVersion: 3, changes: [released] })]),
    ...command('essex', 'c7', at(46), [home(6, { kind: 'confirmed', ...confirmed })]),
  );
  nth(story.home.slice(-2), 0).data.entries = [
    { kind: 'seen', bookingVersion: 3, changes: [released] },
    { kind: 'seen', bookingVersion: 4, changes: [reserved] },
  ];
  return story;
};

const found = (story: Story): string[] => [
  ...new Set(check(recordsOf(story), { now: NOW, settleMs: 0 }).findings.map(({ kind }) => kind)),
];

type Changes = { changes: Record<string, unknown>[] };
const changesOf = (story: Story, id: string): Record<string, unknown>[] =>
  (draft(story.ledger, id).data as Changes).changes;

it('accepts units that go on from what they were released from, once home has confirmed it', () => {
  const { findings } = check(recordsOf(onward()), { now: NOW, settleMs: 0 });
  expect(findings).toEqual([]);
});

it('counts their units once: both assignments at the same time take no more than there are', () => {
  const story = onward();
  for (const id of ['kent.a4.1', 'essex.h-6-0-fccu.1', 'essex.h-6-0-fccu.3'])
    edit(story.ledger, id, (data) => Object.assign(data, BEFORE));
  Object.assign(nth(changesOf(story, 'kent.a4.2'), 0), BEFORE);
  for (const { data } of story.home.slice(-2)) {
    for (const entry of data.entries as { changes?: object[]; kind: string; bookingVersion?: number }[]) {
      if (entry.kind === 'confirmed') Object.assign(entry, BEFORE);
      if (entry.bookingVersion === 4) entry.changes = [{ ...reserved, ...BEFORE }];
    }
  }
  expect(found(story)).toEqual([]);
});

it('finds units that two bookings hold once the next is confirmed', () => {
  const story = onward();
  changesOf(story, 'essex.h-6-0-fccu.2').pop();
  expect(found(story)).toEqual(expect.arrayContaining(['booking-step-illegal', 'half-told']));
});

it('finds units that went on in part', () => {
  const story = onward();
  nth(changesOf(story, 'kent.a4.2'), 0).quantity = 1;
  expect(found(story)).toContain('booking-step-illegal');
});

it('finds units that went on before they were released', () => {
  const story = onward();
  dropCommand(story.ledger, 'kent.x1');
  expect(found(story)).toContain('booking-step-illegal');
});

it('finds an assignment that is said to be over and was not', () => {
  const story = onward();
  drop(story.ledger, 'essex.h-6-0-fccu.4');
  expect(found(story)).toContain('half-told');
});

it('finds time away that is counted from too late', () => {
  const story = onward();
  nth(changesOf(story, 'kent.a4.2'), 0).continues = { ...CONTINUES, since: SPAN.from };
  expect(found(story)).toContain('booking-step-illegal');
});

it('finds a confirmation that is of other units than were reserved', () => {
  const story = onward();
  const [entry] = nth(story.home.slice(-1), 0).data.entries as Record<string, unknown>[];
  delete entry?.continues;
  expect(found(story)).toContain('commitment-differs');
});

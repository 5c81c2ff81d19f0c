import { BODY_BYTES_MAX, bookingSubject } from '@muster/contracts';

/** A message in the ledger as a stranger might have put it there. */
export type WireEvent = { subject: string; headers: Record<string, string>; body: Uint8Array };

const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));

/** A good event: the first change of a capability's bookings. */
export const goodEvent = (capabilityId: string): WireEvent => ({
  subject: bookingSubject('actual', 'kent', capabilityId),
  headers: {
    'ce-specversion': '1.0',
    'ce-id': `hub.c-${capabilityId}.1`,
    'ce-source': '/muster/hub/request-broker',
    'ce-type': 'muster.booking.opened.v1',
    'ce-time': '2026-11-22T21:00:00.000Z',
    'ce-commandid': `c-${capabilityId}`,
    'ce-actor': 'hub/broker/request-broker',
    'ce-classification': 'OFFICIAL',
    'content-type': 'application/json',
  },
  body: bytes({ donor: 'kent', capabilityId, bookingVersion: 0 }),
});

/** One fault, and words that the dead letter must hold. */
export type EventCase = { name: string; event: WireEvent; says: readonly string[] };

const header = (name: string, key: string, value: string, ...says: string[]): EventCase => {
  const good = goodEvent('bad');
  return { name, event: { ...good, headers: { ...good.headers, [key]: value } }, says: [key, ...says] };
};

const body = (name: string, content: unknown, ...says: string[]): EventCase => ({
  name,
  event: { ...goodEvent('bad'), body: content instanceof Uint8Array ? content : bytes(content) },
  says,
});

const opened = { donor: 'kent', capabilityId: 'bad', bookingVersion: 0 };

export const EVENT_CASES: readonly EventCase[] = [
  header('a version that is not known here', 'ce-type', 'muster.booking.opened.v9', 'v9', 'known'),
  header('a type that does not exist', 'ce-type', 'muster.booking.stolen.v1', 'stolen'),
  header('another CloudEvents version', 'ce-specversion', '0.3', '0.3'),
  header('an id that is none', 'ce-id', 'x', '<org>.<commandId>.<n>'),
  header('a time of the local zone', 'ce-time', '2026-11-22T21:00:00+01:00', 'UTC'),
  header('a time that does not exist', 'ce-time', '2026-02-30T21:00:00.000Z'),
  header('a command that is not that of the id', 'ce-commandid', 'other', 'ce-id'),
  header('a classification above the mesh', 'ce-classification', 'SECRET', 'OFFICIAL'),
  header('nobody who acts', 'ce-actor', '', 'missing'),
  { name: 'no headers at all', event: { ...goodEvent('bad'), headers: {} }, says: ['ce-specversion'] },
  body('a body that is not JSON', new TextEncoder().encode('{"donor":'), 'not JSON'),
  body('a body that is not UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 'UTF-8'),
  body('an empty body', new Uint8Array(), 'not JSON'),
  body('a body that is a list', [opened], 'schema'),
  body('a body beyond the limit', { ...opened, remarks: 'x'.repeat(BODY_BYTES_MAX) }, String(BODY_BYTES_MAX)),
  body('a wildcard for a capability', { ...opened, capabilityId: '*' }, 'capabilityId', 'a-z'),
  body('a force that does not exist', { ...opened, donor: 'atlantis' }, 'donor', 'not a force'),
  body('the body of another capability', { ...opened, capabilityId: 'other' }, 'subject', 'other'),
];

import { BODY_BYTES_MAX } from '@muster/contracts';

/** A request on a command subject, and what its refusal must name. */
export type CommandCase = { name: string; subject: string; body: Uint8Array; says: readonly string[] };

export const GOOD_OFFER = {
  commandId: 'offer-1',
  actor: { role: 'donor-desk', id: 'desk' },
  host: 'essex',
  requestId: 'surge-1',
  lineId: 'l1',
  capabilityId: 'cy-fccu-1',
  quantity: 2,
  estimatedArrival: '2026-12-01T08:00:00.000Z',
};

const SUBJECT = 'cmd.actual.kent.offer-make';
const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));

const body = (name: string, content: unknown, ...says: string[]): CommandCase => ({
  name,
  subject: SUBJECT,
  body: content instanceof Uint8Array ? content : bytes(content),
  says,
});

const sent = (name: string, subject: string, ...says: string[]): CommandCase => ({
  name,
  subject,
  body: bytes(GOOD_OFFER),
  says,
});

/** A remark with a byte in it that is not UTF-8. */
const brokenText = (): Uint8Array => {
  const body = bytes({ ...GOOD_OFFER, remarks: 'caf?' });
  body[body.lastIndexOf('?'.charCodeAt(0))] = 0xe9;
  return body;
};

export const COMMAND_CASES: readonly CommandCase[] = [
  body('no JSON', new TextEncoder().encode('{'), 'JSON in UTF-8'),
  body('an empty body', new Uint8Array(), 'JSON in UTF-8'),
  body('text that is not UTF-8', brokenText(), 'UTF-8'),
  body(
    'a body beyond the limit',
    { ...GOOD_OFFER, remarks: 'x'.repeat(BODY_BYTES_MAX) },
    String(BODY_BYTES_MAX),
  ),
  body('a list', [GOOD_OFFER], 'object'),
  body('null', null, 'object'),
  body('missing fields', {}, 'commandId', 'lineId', 'quantity', 'estimatedArrival'),
  body('a wildcard for a capability', { ...GOOD_OFFER, capabilityId: '>' }, 'capabilityId', 'a-z'),
  body('a dot in a request id', { ...GOOD_OFFER, requestId: 'a.b' }, 'requestId'),
  body('a fractional quantity', { ...GOOD_OFFER, quantity: 0.5 }, 'quantity'),
  body('a quantity beyond the limit', { ...GOOD_OFFER, quantity: 1e9 }, 'quantity', '10000'),
  body(
    'an arrival that never comes',
    { ...GOOD_OFFER, estimatedArrival: '2026-02-30T08:00:00.000Z' },
    'estimatedArrival',
    'no such date',
  ),
  body('remarks that are too long', { ...GOOD_OFFER, remarks: 'x'.repeat(1_001) }, 'remarks', '1000'),
  sent('a command that does not exist', 'cmd.actual.kent.offer-steal', 'offer-steal'),
  sent('an organisation that does not exist', 'cmd.actual.atlantis.offer-make', 'organisation'),
];

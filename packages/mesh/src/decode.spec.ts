import { BODY_BYTES_MAX, envelopeHeaders, type MusterEvent } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { bodyOf, envelopeFor } from './append/messages.ts';
import { type Decoded, decodeEvent } from './decode.ts';
import { bookingOpened, cancelNotice, writer } from './fixture/events.ts';
import { headersOf } from './wire/headers.ts';

type Change = {
  subject?: string;
  headers?: Record<string, string | undefined>;
  body?: string;
  bytes?: Uint8Array;
};

const decode = (event: MusterEvent, subject: string, change: Change = {}): Decoded => {
  const pairs = new Map(envelopeHeaders(envelopeFor(writer('c1'), event, 1)));
  for (const [name, value] of Object.entries(change.headers ?? {})) {
    if (value === undefined) pairs.delete(name);
    else pairs.set(name, value);
  }
  return decodeEvent({
    seq: 7,
    subject: change.subject ?? subject,
    headers: headersOf([...pairs]),
    data: change.bytes ?? (change.body === undefined ? bodyOf(event) : new TextEncoder().encode(change.body)),
    storedAt: 1,
  });
};

const opened = (change?: Change): Decoded => decode(bookingOpened('c1'), 'actual.booking.kent.c1', change);
const because = (decoded: Decoded): string => (decoded.ok ? 'it is an event' : decoded.because);

describe('decodeEvent', () => {
  it('reads envelope, body and place', () => {
    expect(opened()).toEqual({
      ok: true,
      stored: {
        seq: 7,
        subject: 'actual.booking.kent.c1',
        envelope: expect.objectContaining({ id: 'hub.c1.1', actor: 'hub/broker/spec', commandId: 'c1' }),
        event: bookingOpened('c1'),
        storedAt: 1,
      },
    });
  });

  it('reads events of either mode', () => {
    expect(opened({ subject: 'exercise.booking.kent.c1' }).ok).toBe(true);
    expect(decode(cancelNotice('r1', 'kent'), 'actual.request.essex.r1.notice.kent').ok).toBe(true);
  });

  it('leaves fields out that it does not know', () => {
    const decoded = opened({
      body: '{"donor":"kent","capabilityId":"c1","bookingVersion":0,"colour":"blue"}',
    });
    expect(decoded.ok && decoded.stored.event).toEqual(bookingOpened('c1'));
  });

  it('says which header is at fault', () => {
    expect(because(opened({ headers: { 'ce-specversion': '2.0' } }))).toContain('ce-specversion');
    expect(because(opened({ headers: { 'ce-id': 'x' } }))).toContain('ce-id');
    expect(because(opened({ headers: { 'ce-actor': undefined } }))).toContain('ce-actor');
    expect(because(opened({ headers: { 'ce-classification': 'SECRET' } }))).toContain('ce-classification');
  });

  it('does not take a type or version that it does not know', () => {
    expect(because(opened({ headers: { 'ce-type': 'muster.booking.opened.v2' } }))).toContain(
      'booking.opened.v2',
    );
    expect(because(opened({ headers: { 'ce-type': 'toString' } }))).toContain('toString');
  });

  it('says what is wrong with the body', () => {
    expect(because(opened({ body: '{' }))).toContain('not JSON');
    expect(because(opened({ bytes: Uint8Array.of(0x22, 0xff, 0x22) }))).toContain('not UTF-8');
    expect(because(opened({ body: '{"donor":"kent","bookingVersion":3}' }))).toMatch(
      /capabilityId .*; bookingVersion /,
    );
    expect(because(opened({ body: ' '.repeat(BODY_BYTES_MAX + 1) }))).toContain('over the limit');
  });

  it('does not take an event on a subject where it does not belong', () => {
    expect(because(opened({ subject: 'actual.booking.essex.c1' }))).toContain(
      'belongs on actual.booking.kent.c1',
    );
    expect(because(opened({ subject: 'elsewhere.booking.kent.c1' }))).toContain('belongs on');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeHeader,
  type Envelope,
  encodeHeader,
  envelopeHeaders,
  eventId,
  parseEventId,
  readEnvelope,
} from './envelope.ts';
import { EVENT_TYPES } from './registry.ts';

const read = (headers: Record<string, string>) => readEnvelope((name) => headers[name]);

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,30}$/);
const org = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const wellFormed = fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed());
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const envelope: fc.Arbitrary<Envelope> = fc
  .record({
    org,
    commandId: id,
    n: fc.integer({ min: 1, max: 1_000 }),
    type: fc.constantFrom(...EVENT_TYPES),
    time: fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
    actor: wellFormed,
    classification: fc.constantFrom('OFFICIAL' as const, 'OFFICIAL-SENSITIVE' as const),
    correlationId: optional(id),
    causationId: optional(wellFormed),
    traceparent: optional(fc.constant('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')),
  })
  .map(({ org: of, n, time, ...rest }) => ({
    ...rest,
    id: eventId({ org: of, commandId: rest.commandId, n }),
    source: '/muster/hub/request-broker',
    time: time.toISOString(),
  }));

const good = Object.fromEntries(
  envelopeHeaders({
    id: 'kent.c1.1',
    source: '/muster/kent/cli',
    type: 'muster.request.closed.v1',
    time: '2026-11-22T21:00:00.000Z',
    commandId: 'c1',
    actor: 'kent/requester/control',
    classification: 'OFFICIAL',
  }),
);

describe('header values', () => {
  it('survive encoding, as printable ASCII without space, quote or bare percent', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const encoded = encodeHeader(text);
        expect(encoded).toMatch(/^[\x21\x23-\x7e]*$/);
        expect(encoded.replace(/%[0-9A-F]{2}/g, '')).not.toContain('%');
        expect(decodeHeader(encoded)).toBe(text);
      }),
    );
  });

  it('are encoded as the example of the CloudEvents binding', () => {
    expect(encodeHeader('Euro € 😀')).toBe('Euro%20%E2%82%AC%20%F0%9F%98%80');
    expect(decodeHeader('Euro%20%e2%82%ac%20%F0%9F%98%80')).toBe('Euro € 😀');
    expect(encodeHeader('a"b\\c')).toBe('a%22b\\c');
  });

  it('are refused when an escape is broken or not UTF-8', () => {
    for (const broken of ['%C0%A0', '%', '%zz', 'a%2', '%ff']) {
      expect(decodeHeader(broken), broken).toBeUndefined();
      for (const header of ['ce-actor', 'ce-source', 'ce-causationid'])
        expect(read({ ...good, [header]: broken })).toMatchObject({ ok: false, header });
    }
  });

  it('never carry half a surrogate pair', () => {
    expect(decodeHeader(encodeHeader('a\ud800'))).toBe('a\ufffd');
  });
});

describe('an envelope', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(envelope, (written) => {
        const headers = envelopeHeaders(written);
        expect(new Set(headers.map(([name]) => name)).size).toBe(headers.length);
        expect(read(Object.fromEntries(headers))).toEqual({ ok: true, envelope: written });
      }),
    );
  });

  it.each([
    ['ce-specversion', '0.3'],
    ['ce-id', 'kent.c1'],
    ['ce-id', 'kent.c1.1.2'],
    ['ce-id', 'kent.c1.x'],
    ['ce-type', 'muster.request.closed.v99'],
    ['ce-type', 'toString'],
    ['ce-time', '2026-02-30T00:00:00.000Z'],
    ['ce-time', '2026-11-22T21:00:00+00:00'],
    ['ce-commandid', 'c2'],
    ['ce-classification', 'SECRET'],
    ['ce-source', ''],
    ['ce-actor', ''],
  ])('with %s "%s" is refused, and the header named', (header, value) => {
    expect(read(good)).toMatchObject({ ok: true });
    expect(read({ ...good, [header]: value })).toMatchObject({ ok: false, header });
  });
});

describe('an event id', () => {
  it('comes apart into what it was made of', () => {
    fc.assert(
      fc.property(org, id, fc.integer({ min: 1, max: 1_000 }), (of, commandId, n) => {
        expect(parseEventId(eventId({ org: of, commandId, n }))).toEqual({ org: of, commandId, n });
      }),
    );
  });
});

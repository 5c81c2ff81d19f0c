import { headers, type MsgHdrs } from '@nats-io/nats-core';
import type { MsgHdrsImpl } from '@nats-io/nats-core/internal';
import { describe, expect, it } from 'vitest';
import { headerReader, headersOf } from './headers.ts';

const PAIRS = [
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  ['ce-actor', 'caf%C3%A9'],
  ['Nats-Expected-Last-Subject-Sequence', '7'],
] as const;

/** The bytes that the client puts on the wire. */
const encoded = (of: MsgHdrs): Uint8Array => (of as MsgHdrsImpl).encode();

describe('headers', () => {
  it('are the bytes that the client makes of the same names and values', () => {
    const theirs = headers();
    for (const [name, value] of PAIRS) theirs.set(name, value);
    const ours = headersOf(PAIRS);
    expect(Buffer.from(encoded(ours))).toEqual(Buffer.from(encoded(theirs)));
    expect(headerReader(ours)('ce-actor')).toBe('caf%C3%A9');
  });

  it('stay as they are when others are encoded after them', () => {
    const first = encoded(headersOf(PAIRS));
    const kept = Buffer.from(first).toString();
    for (let n = 0; n < 1_000; n += 1) encoded(headersOf([['traceparent', String(n).repeat(20)]]));
    expect(Buffer.from(first).toString()).toBe(kept);
  });

  it('hold no line break', () => {
    expect(() => headersOf([['ce-actor', 'a\r\nb: c']])).toThrow(RangeError);
  });
});

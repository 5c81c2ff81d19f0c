import { describe, expect, it } from 'vitest';
import { parseDelivery } from './delivery.ts';

describe('parseDelivery', () => {
  const expected = { deliveries: 3, seq: 42, storedAt: 1_700_000_000_000 };
  it('reads both forms of an acknowledgement subject', () => {
    expect(parseDelivery('$JS.ACK.S.D.3.42.7.1700000000000000000.5')).toEqual(expected);
    expect(parseDelivery('$JS.ACK.HUB.hash.S.D.3.42.7.1700000000000000000.5')).toEqual(expected);
    expect(parseDelivery('$JS.ACK._.hash.S.D.3.42.7.1700000000000000000.5.rnd')).toEqual(expected);
  });
  it.each([
    '',
    '_INBOX.a.b',
    '$JS.API.INFO',
    '$JS.ACK.S.D.3.42.7.5',
    '$JS.ACK.S.D.x.42.7.1700000000000000000.5',
  ])('does not take %j for one', (reply) => expect(parseDelivery(reply)).toBeUndefined());
});

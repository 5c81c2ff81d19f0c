import type { CapabilityAdvertised, RequestLine } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { advert, at, line } from '../testing/samples.ts';
import { answerRequest, issuedNotice, type OwnCapability } from './answer.ts';
import { evolveHome } from './evolve.ts';

const own = (over: Partial<CapabilityAdvertised> = {}): OwnCapability => ({
  advert: advert(over),
  home: undefined,
});

const answer = (capabilities: OwnCapability[], ...lines: RequestLine[]) =>
  answerRequest(
    { host: 'kent', requestId: 'r1', lines: lines.length > 0 ? lines : [line()] },
    capabilities,
    { policy: 'automatic' },
    at(0),
  );
const reason = (...capabilities: OwnCapability[]) => answer(capabilities).declines[0]?.reasonCode;

const withUse = (quantity: number): OwnCapability => ({
  advert: advert(),
  home: evolveHome(undefined, {
    type: 'muster.home.recorded.v1',
    data: {
      donor: 'sussex',
      capabilityId: 'psu-1',
      homeVersion: 1,
      entries: [{ kind: 'used', useId: 'u', quantity, from: at(5), to: at(6), gross: 3 }],
    },
  }),
});

const withReservation = (quantity: number): OwnCapability => ({
  advert: advert(),
  home: evolveHome(undefined, {
    type: 'muster.home.recorded.v1',
    data: {
      donor: 'sussex',
      capabilityId: 'psu-1',
      homeVersion: 1,
      entries: [
        {
          kind: 'seen',
          bookingVersion: 1,
          changes: [
            {
              kind: 'reserved',
              bookingId: 'b',
              token: 1,
              host: 'essex',
              requestId: 'r',
              lineId: 'l',
              quantity,
              from: at(5),
              to: at(6),
              confirmBy: at(1),
              reliedOn: { revision: 1, quantity: 3, windowFrom: at(0), windowTo: at(9), expiresAt: at(9) },
            },
          ],
        },
      ],
    },
  }),
});

describe('the automatic policy offers', () => {
  test('what is asked and no more', () => {
    expect(answer([own()])).toEqual({
      offers: [
        {
          host: 'kent',
          requestId: 'r1',
          lineId: 'l1',
          capabilityId: 'psu-1',
          quantity: 2,
          estimatedArrival: expect.stringMatching(/^2026-12-07T1[01]:/),
        },
      ],
      declines: [],
    });
  });
  test('down to the reserve floor and not below', () => {
    expect(answer([own({ reserveFloor: 2 })]).offers).toMatchObject([{ quantity: 1 }]);
    expect(reason(own({ reserveFloor: 3 }))).toBe('no-capacity');
  });
  test('from the nearest capability first, and on until the line has enough', () => {
    const near = own({ capabilityId: 'near', quantity: 1, base: { name: 'Dover', lat: 51.13, lon: 1.31 } });
    const far = own({ capabilityId: 'far', quantity: 5 });
    expect(answer([far, near]).offers).toMatchObject([
      { capabilityId: 'near', quantity: 1 },
      { capabilityId: 'far', quantity: 1 },
    ]);
  });
  test('no unit to two lines at the same time', () => {
    const { offers, declines } = answer([own()], line({ quantity: 3 }), line({ lineId: 'l2', quantity: 1 }));
    expect(offers).toHaveLength(1);
    expect(declines).toMatchObject([{ lineIds: ['l2'], reasonCode: 'no-capacity' }]);
  });
  test('the same unit to lines one after the other', () => {
    const next = line({ lineId: 'l2', from: at(16), to: at(20) });
    expect(answer([own({ quantity: 2 })], line(), next).offers).toHaveLength(2);
  });
  test('nothing of what is reserved already', () => {
    expect(answer([withReservation(2)]).offers).toMatchObject([{ quantity: 1 }]);
  });
  test('what is left beside its own use', () => {
    expect(answer([withUse(2)]).offers).toMatchObject([{ quantity: 1 }]);
  });
});

describe('the automatic policy declines', () => {
  test('what it does not have', () => expect(reason()).toBe('no-capacity'));
  test('what is reserved already', () => expect(reason(withReservation(3))).toBe('no-capacity'));
  test('what it needs itself', () => expect(reason(withUse(3))).toBe('own-demand'));
  test('what is not accredited', () => expect(reason(own({ accreditations: [] }))).toBe('not-accredited'));
  test('what it does not lend to that host', () => {
    expect(reason(own({ releasableTo: { kind: 'region' } }))).toBe('policy');
  });
  test('what is not available then', () => {
    expect(reason(own({ status: 'unavailable' }))).toBe('no-capacity');
  });
  test('what would come too late', () => {
    expect(reason(own({ noticeMinutes: 60 * 24 }))).toBe('distance');
  });
  test('lines with the same reason in one answer', () => {
    expect(answer([], line(), line({ lineId: 'l2' })).declines).toEqual([
      { host: 'kent', requestId: 'r1', lineIds: ['l1', 'l2'], reasonCode: 'no-capacity' },
    ]);
  });
});

test('a person’s policy sends nothing', () => {
  const notice = { host: 'kent', requestId: 'r1', lines: [line()] };
  expect(answerRequest(notice, [own()], { policy: 'person' }, at(0))).toEqual({ offers: [], declines: [] });
});

test('only a notice that asks is answered', () => {
  const about = { host: 'kent', requestId: 'r1', force: 'sussex' };
  expect(issuedNotice({ ...about, notice: { kind: 'closed' } })).toBeUndefined();
});

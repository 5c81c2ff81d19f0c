import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, interval, isInstant } from './time.ts';

const date = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});

describe('instants', () => {
  it('are what toISOString writes', () => {
    fc.assert(fc.property(date, (each) => isInstant(each.toISOString())));
  });

  it('sort as strings', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(a.toISOString() < b.toISOString()).toBe(a.getTime() < b.getTime());
      }),
    );
  });

  it.each([
    '2026-11-22T21:00:00Z',
    '2026-11-22T21:00:00.0000Z',
    '2026-11-22T21:00:00.000+00:00',
    '2026-11-22 21:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-00-10T00:00:00.000Z',
    '2026-01-00T00:00:00.000Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22T23:60:00.000Z',
    '2026-11-22T23:59:60.000Z',
    '1900-02-29T00:00:00.000Z',
    ' 2026-11-22T21:00:00.000Z',
    '2026-11-22T21:00:00.000Z\n',
    '+102026-11-22T21:00:00.000Z',
    '',
  ])('are not "%s"', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(instant.safeParse(text).success).toBe(false);
  });

  it('know leap years', () => {
    for (const text of ['2028-02-29T00:00:00.000Z', '2000-02-29T23:59:59.999Z'])
      expect(isInstant(text)).toBe(true);
  });
});

describe('intervals', () => {
  it('end after they start', () => {
    const [from, to] = ['2026-11-22T21:00:00.000Z', '2026-11-22T21:00:00.001Z'];
    expect(interval.safeParse({ from, to }).success).toBe(true);
    expect(interval.safeParse({ from, to: from }).success).toBe(false);
    expect(interval.safeParse({ from: to, to: from }).success).toBe(false);
  });
});

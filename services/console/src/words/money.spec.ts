import { describe, expect, it } from 'vitest';
import { money, penceOf, poundsOf } from './money.ts';

describe('amounts', () => {
  it.each([
    [0, '£0.00', '0.00'],
    [5, '£0.05', '0.05'],
    [40_001, '£400.01', '400.01'],
    [123_456_789, '£1,234,567.89', '1234567.89'],
    [999_999_999_999, '£9,999,999,999.99', '9999999999.99'],
  ])('%d pence are shown as pounds and read back to the penny', (pence, shown, written) => {
    expect(money(pence)).toBe(shown);
    expect(poundsOf(pence)).toBe(written);
    expect([penceOf(shown), penceOf(written)]).toEqual([pence, pence]);
  });

  it.each(['', 'ten', '1.005', '-1', '1e3', '.5'])('“%s” is none', (text) =>
    expect(penceOf(text)).toBeUndefined(),
  );
});

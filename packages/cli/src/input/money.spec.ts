import { pounds, showMoney } from '@muster/claim-pack';
import { describe, expect, it } from 'vitest';
import { CliError } from '../errors.ts';
import { readMoneyLines, readPence } from './money.ts';

describe('amounts', () => {
  it.each([
    ['400.01', 40_001],
    ['£400', 40_000],
    ['0.5', 50],
    ['1.10', 110],
    ['9999999999.99', 999_999_999_999],
  ])('%s is %d pence', (text, pence) => expect(readPence(text)).toBe(pence));

  it.each(['', '-1', '1,000', '1.005', 'ten', '.5', '1e3'])('"%s" is none', (text) =>
    expect(readPence(text)).toBeUndefined(),
  );

  it.each([
    [0, '0.00', '£0.00'],
    [5, '0.05', '£0.05'],
    [40_001, '400.01', '£400.01'],
    [123_456_789, '1234567.89', '£1,234,567.89'],
  ])('%d pence are shown as pounds', (pence, plain, shown) => {
    expect(pounds(pence)).toBe(plain);
    expect(showMoney(pence)).toBe(shown);
    expect(readPence(plain)).toBe(pence);
  });
});

describe('lines', () => {
  it('are read whole, and are named by their category unless they have an id', () => {
    expect(
      readMoneyLines([
        'id=pay-1,category=overtime,hours=8.5,rate=NPCC 2026,amount=400.01,evidence=sheet 4=b',
        'category=travel,amount=12',
      ]),
    ).toEqual([
      {
        ...{ lineId: 'pay-1', category: 'overtime', hours: 8.5, rateRef: 'NPCC 2026' },
        ...{ amountPence: 40_001, evidenceRef: 'sheet 4=b' },
      },
      { lineId: 'travel', category: 'travel', amountPence: 1_200 },
    ]);
  });

  it('that are wrong are all told', () => {
    const wrong = ['category=travel', 'category=gifts,amount=1', 'pay'];
    const fault = (() => {
      try {
        return readMoneyLines(wrong);
      } catch (error) {
        return error instanceof CliError ? error.fault.fields : error;
      }
    })();
    expect(fault).toMatchObject([
      { path: '--line 1', because: 'needs an amount in pounds, such as amount=400.01' },
      { path: '--line 2.category' },
      { path: '--line 3' },
    ]);
  });
});

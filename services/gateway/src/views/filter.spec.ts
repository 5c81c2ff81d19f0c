import { expect, test } from 'vitest';
import { filterKey, fits, type Row } from './filter.ts';

const row: Row = {
  seq: 7,
  type: 'muster.offer.made.v1',
  parties: { host: 'kent', addressee: 'essex' },
  requestId: 'r-1',
  codes: ['CY.FCCU'],
};

test('an organisation never gets what it may not see, whatever it asks for', () => {
  expect(fits('essex', {}, row)).toBe(true);
  expect(fits('surrey', {}, row)).toBe(false);
  expect(fits('surrey', { force: ['essex'], request: ['r-1'] }, row)).toBe(false);
  expect(fits('npocc', {}, { ...row, parties: { host: 'kent', privateTo: 'kent' } })).toBe(false);
});

test.each([
  [{ force: ['essex'] }, true],
  [{ force: ['surrey'] }, false],
  [{ region: ['eastern'] }, true],
  [{ region: ['wales'] }, false],
  [{ code: ['CY'] }, true],
  [{ code: ['CY.FCCU'] }, true],
  [{ code: ['CY.F'] }, false],
  [{ code: ['PO', 'CY'] }, true],
  [{ request: ['r-1'] }, true],
  [{ request: ['r-2'] }, false],
  [{ type: ['muster.offer.made.v1'] }, true],
  [{ type: ['muster.offer.declined.v1'] }, false],
  [{ force: ['kent'], code: ['PO'] }, false],
])('%j lets it through: %s', (filter, passes) => {
  expect(fits('npocc', filter, row)).toBe(passes);
});

test('readers who want the same share a key, and others do not', () => {
  expect(filterKey('kent', { force: ['a', 'b'] })).toBe(filterKey('kent', { force: ['b', 'a'] }));
  expect(filterKey('kent', { force: ['a'] })).not.toBe(filterKey('kent', { region: ['a'] }));
  expect(filterKey('kent', {})).not.toBe(filterKey('essex', {}));
});

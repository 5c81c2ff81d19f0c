import { WINDOWS_MAX } from '@muster/contracts';
import type { Row } from './build.ts';

/** A cell or two that make one row bad, and parts that the message must hold. */
export type CellCase = { name: string; row: Row; says: readonly string[] };

const cell = (name: string, row: Row, ...says: string[]): CellCase => ({ name, row, says });

const formulas: CellCase[] = [
  cell(
    'a formula in the remarks',
    { remarks: '=HYPERLINK("http://x","y")' },
    'remarks',
    'formula',
    'letter or a digit',
  ),
  cell('a plus sign at the start of a town', { base_town: '+cmd' }, 'base_town', 'formula'),
  cell('a minus sign at the start of a unit', { quantity_unit: '-2+3' }, 'quantity_unit', 'formula'),
  cell('an at sign at the start of the remarks', { remarks: '@SUM(A1)' }, 'remarks', 'formula'),
  cell('a tab before a formula', { remarks: '\t=1+1' }, 'remarks', 'formula'),
  cell('a formula behind a space', { remarks: ' =1+1' }, 'remarks', 'formula'),
];

const quantities: CellCase[] = [
  cell('a negative quantity', { quantity: '-3' }, 'quantity', '"-3"', 'from 1 to 10000'),
  cell('a quantity of zero', { quantity: '0' }, 'quantity', '"0"', 'from 1 to 10000'),
  cell('a fractional quantity', { quantity: '2.5' }, 'quantity', 'not a whole number'),
  cell('a quantity beyond the limit', { quantity: '10001' }, 'quantity', 'from 1 to 10000'),
  cell('a quantity in words', { quantity: 'three' }, 'quantity', 'not a number'),
  cell('a quantity with an exponent', { quantity: '1e3' }, 'quantity', 'not a number'),
  cell('an empty quantity', { quantity: '' }, 'quantity', 'is empty', 'whole number'),
  cell('a unit of two', { kind: 'unit', quantity: '2' }, 'quantity', 'must be 1 for a unit', 'kind pool'),
  cell('a negative reserve floor', { reserve_floor: '-1' }, 'reserve_floor', 'from 0 to 10000'),
  cell('a notice of more than 30 days', { notice_minutes: '43201' }, 'notice_minutes', 'from 0 to 43200'),
];

const codes: CellCase[] = [
  cell('an unknown code', { code: 'CY.WIZARD' }, 'code', '"CY.WIZARD"', 'capability list'),
  cell('a restricted code', { code: 'SU.UC' }, 'code', 'may be shared'),
  cell('a code in lower case', { code: 'cy.fccu' }, 'code', 'capability list'),
  cell('an unknown kind', { kind: 'squad' }, 'kind', 'unit, pool or queue'),
  cell('an unknown status', { status: 'maybe' }, 'status', 'available or unavailable'),
  cell('an unknown force to release to', { releasable_to: 'kent;atlantis' }, 'releasable_to', 'force ids'),
  cell('nobody to release to', { releasable_to: '' }, 'releasable_to', 'national, region'),
  cell('the same force twice', { releasable_to: 'surrey;surrey' }, 'releasable_to', 'twice'),
  cell('a scheme in lower case', { accreditation: 'po-l2' }, 'accreditation', 'A-Z'),
  cell('the same scheme twice', { accreditation: 'FCR;FCR' }, 'accreditation', 'twice'),
];

const ids: CellCase[] = [
  cell('a star for an id', { capability_id: '*' }, 'capability_id', '"*"', 'a-z, 0-9'),
  cell('a wildcard at the end of an id', { capability_id: 'cy.>' }, 'capability_id', 'a-z, 0-9'),
  cell('a dot in an id', { capability_id: 'cy.fccu' }, 'capability_id', 'a-z, 0-9'),
  cell('a space in an id', { capability_id: 'cy fccu' }, 'capability_id', 'a-z, 0-9'),
  cell('an id in capitals', { capability_id: 'CY1' }, 'capability_id', 'a-z, 0-9'),
  cell('an id of 64 characters', { capability_id: 'a'.repeat(64) }, 'capability_id', 'more than 63'),
  cell('an empty id', { capability_id: '' }, 'capability_id', 'is empty'),
];

const many = (time: (day: number) => string): string =>
  Array.from({ length: WINDOWS_MAX + 1 }, (_, index) => time(index)).join(';');
const hour = (index: number): string => String(index % 24).padStart(2, '0');
const day = (index: number): string => String(Math.floor(index / 24) + 1).padStart(2, '0');

const times: CellCase[] = [
  cell(
    'the 30th of February',
    { available_from: '2026-02-30 00:00' },
    'available_from',
    'exists',
    'YYYY-MM-DD HH:MM',
  ),
  cell('month 13', { available_to: '2027-13-01 00:00' }, 'available_to', 'exists'),
  cell('hour 25', { available_from: '2026-01-01 25:00' }, 'available_from', 'exists'),
  cell(
    'the hour that the clocks skip',
    { available_from: '2026-03-29 01:30' },
    'available_from',
    'clocks go forward',
    'hour later',
  ),
  cell(
    'the hour that happens twice',
    { available_from: '2026-10-25 01:30' },
    'clocks go back',
    '+01:00',
    '01:30Z',
  ),
  cell(
    'an offset that does not exist',
    { available_from: '2026-01-01 00:00+25:00' },
    'available_from',
    'offset',
  ),
  cell(
    'a date with the day first',
    { available_from: '01/07/2026 08:00' },
    'not a date and time',
    'YYYY-MM-DD',
  ),
  cell('a date without a time', { available_to: '2027-12-31' }, 'available_to', 'YYYY-MM-DD HH:MM'),
  cell(
    'a year of the Norman kings',
    { available_from: '1066-10-14 09:00' },
    'available_from',
    '2000 to 2199',
  ),
  cell(
    'an end before its start',
    { available_to: '2025-12-31 00:00' },
    'available_to',
    'after its available_from',
  ),
  cell(
    'overlapping windows',
    {
      available_from: '2026-01-01 00:00;2026-02-01 00:00',
      available_to: '2026-03-01 00:00;2026-04-01 00:00',
    },
    'available_from',
    'overlap',
    'join them',
  ),
  cell(
    'two starts and one end',
    { available_from: '2026-01-01 00:00;2026-02-01 00:00' },
    'available_to',
    'has 1 times for 2 starts',
  ),
  cell(
    'more windows than may be',
    {
      available_from: many((index) => `2026-01-${day(index)} ${hour(index)}:00`),
      available_to: many((index) => `2026-01-${day(index)} ${hour(index)}:30`),
    },
    'available_from',
  ),
  cell('a leap day that is none', { accreditation_expires: '2027-02-29' }, 'accreditation_expires', 'exists'),
];

const places: CellCase[] = [
  cell('a latitude beyond the pole', { base_lat: '91' }, 'base_lat', '-90 to 90'),
  cell('a longitude in words', { base_lon: 'west' }, 'base_lon', 'not a number'),
  cell('no town', { base_town: '' }, 'base_town', 'is empty'),
  cell('text that is turned round', { remarks: 'abc\u202etxt' }, 'remarks', 'control character', '\\u202e'),
  cell('a bell in the remarks', { remarks: 'ring\u0007' }, 'remarks', 'control character'),
  cell('a line break in the remarks', { remarks: 'one\ntwo' }, 'remarks', 'line break'),
  cell('remarks of 1,001 characters', { remarks: 'x'.repeat(1_001) }, 'remarks', 'at most 1000'),
  cell('a cell of more than 4,096 characters', { remarks: 'x'.repeat(4_097) }, 'remarks', '4097 characters'),
];

/** Rows in which one cell is at fault. */
export const CELL_CASES: readonly CellCase[] = [
  ...formulas,
  ...quantities,
  ...codes,
  ...ids,
  ...times,
  ...places,
];

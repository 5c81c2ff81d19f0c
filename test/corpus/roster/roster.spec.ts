import { describeProblem, mergeReadings, readRoster } from '@muster/adapter-kit';
import { describe, expect, it } from 'vitest';
import { between, roster, utf8 } from './build.ts';
import { CELL_CASES } from './cells.cases.ts';
import { FILE_CASES } from './files.cases.ts';

const read = (bytes: Uint8Array): { good: string[]; said: string[]; complete: boolean } => {
  const reading = mergeReadings([readRoster('kent', 'kent/r.csv', bytes)]);
  return {
    good: reading.rows.map((row) => row.draft.capabilityId),
    said: reading.problems.map(describeProblem),
    complete: reading.complete,
  };
};

describe('a bad cell is named with file, line, column, value and remedy, and costs its row only', () => {
  it.each(CELL_CASES)('$name', ({ row, says }) => {
    const { good, said } = read(utf8(between({ capability_id: 'bad', ...row })));
    expect(good).toEqual(['before', 'after']);
    const message = said.join('\n');
    expect(message).toMatch(/^kent\/r\.csv:3 [a-z_]+ ".*": .+; .+/);
    for (const part of says) expect(message).toContain(part);
  });
});

describe('a bad file says what to do, and what is good in it is kept', () => {
  it.each(FILE_CASES)('$name', ({ bytes, says, good }) => {
    const result = read(bytes());
    expect(result.good).toEqual(good);
    const message = result.said.join('\n');
    if (says.length === 0) expect(message).toBe('');
    for (const part of says) expect(message).toContain(part);
  });
});

describe('what a roster means', () => {
  const draftOf = (row: Parameters<typeof between>[0]) =>
    mergeReadings([readRoster('kent', 'kent/r.csv', utf8(roster(row)))]).rows[0]?.draft;

  it('takes times as UK local time, summer time counted', () => {
    expect(
      draftOf({ available_from: '2026-07-01 08:00', available_to: '2026-12-01 08:00' })?.windows,
    ).toEqual([{ from: '2026-07-01T07:00:00.000Z', to: '2026-12-01T08:00:00.000Z' }]);
  });

  it('takes an hour that happens twice when the row says which', () => {
    const windows = (from: string) => draftOf({ available_from: from })?.windows[0]?.from;
    expect(windows('2026-10-25 01:30+01:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(windows('2026-10-25 01:30Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('takes several windows, in order of time', () => {
    const windows = draftOf({
      available_from: '2026-06-01 08:00; 2026-02-01 08:00',
      available_to: '2026-06-02 08:00; 2026-02-02 08:00',
    })?.windows;
    expect(windows?.map((window) => window.from)).toEqual([
      '2026-02-01T08:00:00.000Z',
      '2026-06-01T07:00:00.000Z',
    ]);
  });

  it('counts an accreditation as in date to the end of its last local day', () => {
    expect(draftOf({ accreditation_expires: '2026-07-01' })?.accreditations).toEqual([
      { scheme: 'NPCC-CY', validTo: '2026-07-01T22:59:59.999Z' },
    ]);
  });

  it('keeps what stands of a capability whose row is bad, and doubts absence when an id cannot be read', () => {
    const bad = mergeReadings([
      readRoster('kent', 'r.csv', utf8(roster({ capability_id: 'cy-1', quantity: '0' }))),
    ]);
    expect([...bad.kept]).toEqual(['cy-1']);
    expect(bad.complete).toBe(true);
    const unreadable = mergeReadings([readRoster('kent', 'r.csv', utf8(roster({ capability_id: 'cy.1' })))]);
    expect(unreadable.complete).toBe(false);
  });
});

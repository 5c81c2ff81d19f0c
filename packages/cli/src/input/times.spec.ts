import { describe, expect, it } from 'vitest';
import { readNextTime, readTime, showTime, withLocalTimes } from './times.ts';

const NOW = Date.parse('2026-11-22T21:00:00.000Z');

describe('a time that a person writes', () => {
  it.each([
    ['now', '2026-11-22T21:00:00.000Z'],
    ['+4h', '2026-11-23T01:00:00.000Z'],
    ['+1d12h', '2026-11-24T09:00:00.000Z'],
    ['+90m', '2026-11-22T22:30:00.000Z'],
    ['+2w', '2026-12-06T21:00:00.000Z'],
    ['-40m', '2026-11-22T20:20:00.000Z'],
    ['2026-11-23 09:30', '2026-11-23T09:30:00.000Z'],
    ['2026-07-01 09:30', '2026-07-01T08:30:00.000Z'],
    ['2026-07-01T09:30:15', '2026-07-01T08:30:15.000Z'],
    ['2026-07-01T09:30Z', '2026-07-01T09:30:00.000Z'],
    ['2026-07-01 09:30+02:00', '2026-07-01T07:30:00.000Z'],
    ['2026-07-01T09:30:00.123Z', '2026-07-01T09:30:00.123Z'],
    [' 2026-11-23 09:30 ', '2026-11-23T09:30:00.000Z'],
    ['2026-10-25 01:30+01:00', '2026-10-25T00:30:00.000Z'],
  ])('%s is read', (text, instant) => {
    expect(readTime(text, NOW)).toEqual({ ok: true, instant });
  });

  it.each([
    ['tomorrow', 'is not a time; use'],
    ['', 'is not a time'],
    ['+4', 'is not a time'],
    ['4h', 'is not a time'],
    ['2026-11-23', 'is not a time'],
    ['22/11/2026 09:00', 'is not a time'],
    ['2026-02-30 10:00', 'there is no such date'],
    ['2026-02-30T10:00Z', 'there is no such date'],
    ['2026-11-23 24:01', 'there is no such date'],
    ['+99999999999999999w', 'is too far away'],
    ['2026-03-29 01:30', 'does not exist in Europe/London'],
    ['2026-10-25 01:30', 'add the offset: 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00'],
  ])('"%s" is refused with what to write instead', (text, because) => {
    const read = readTime(text, NOW);
    expect(read.ok ? read.instant : read.because).toContain(because);
  });
});

describe('a time that a person reads', () => {
  it('is local time, summer and winter', () => {
    expect(showTime('2026-11-22T21:00:00.000Z')).toBe('2026-11-22 21:00');
    expect(showTime('2026-07-01T08:30:00.000Z')).toBe('2026-07-01 09:30');
  });
});

describe('what the mesh says', () => {
  it('tells its instants in local time, to the second where that says more', () => {
    expect(withLocalTimes('due by 2026-07-01T08:30:00.000Z, it is 2026-07-01T08:30:12.345Z')).toBe(
      'due by 2026-07-01 09:30, it is 2026-07-01 09:30:12',
    );
    expect(withLocalTimes('offer o-2026-07 of kent')).toBe('offer o-2026-07 of kent');
  });
});

describe('a bare time of the day', () => {
  it.each([
    ['21:30', '2026-11-22T21:30:00.000Z'],
    ['21:00', '2026-11-23T21:00:00.000Z'],
    ['6:15', '2026-11-23T06:15:00.000Z'],
    ['+4h', '2026-11-23T01:00:00.000Z'],
  ])('%s is the next one', (text, instant) => {
    expect(readNextTime(text, NOW)).toEqual({ ok: true, instant });
  });

  it('is none when there is no such time', () => {
    expect(readNextTime('24:00', NOW).ok).toBe(false);
  });
});

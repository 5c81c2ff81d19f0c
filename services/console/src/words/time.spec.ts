import { describe, expect, it } from 'vitest';
import {
  dayAndTime,
  distance,
  fromLocalInput,
  inPlainTime,
  length,
  moment,
  span,
  toLocalInput,
} from './time.ts';

const MINUTE = 60_000;

describe('time in words', () => {
  it.each([
    [0, '0 s'],
    [119_999, '119 s'],
    [2 * MINUTE, '2 min'],
    [60 * MINUTE, '1 h'],
    [200 * MINUTE, '3 h 20 min'],
    [-52 * 60 * MINUTE, '2 d 4 h'],
  ])('tells %d ms in as few words as it needs', (ms, words) => expect(length(ms)).toBe(words));

  it('tells whether an instant has passed', () => {
    const now = Date.parse('2026-06-01T12:00:00Z');
    expect(distance('2026-06-01T12:12:30Z', now)).toBe('in 12 min');
    expect(distance('2026-06-01T11:57:00Z', now)).toBe('3 min ago');
  });

  it('tells when something is by the clock, with the day where the time alone would not say it', () => {
    const now = Date.parse('2026-06-01T22:00:00Z');
    expect(moment('2026-06-01T23:30:00Z', now)).toBe('at 00:30');
    expect(moment('2026-06-01T11:00:00Z', now)).toBe('at 12:00');
    expect(moment('2026-06-02T10:00:00Z', now)).toBe('on Tue 2 Jun, 11:00');
    expect(moment('2026-05-31T11:00:00Z', now)).toBe('on Sun 31 May, 12:00');
  });

  it('tells the time by the clock in London, in summer too', () => {
    expect(dayAndTime('2026-06-01T12:00:00Z')).toBe('Mon 1 Jun, 13:00');
    expect(dayAndTime('2026-12-01T12:00:00Z')).toBe('Tue 1 Dec, 12:00');
  });

  it('tells the instants inside of what the API says as all others', () =>
    expect(inPlainTime('essex took it at 2026-12-01T19:22:19.128Z, until 2026-12-02T06:00Z')).toBe(
      'essex took it at Tue 1 Dec, 19:22, until Wed 2 Dec, 06:00',
    ));

  it('names the second day of a span only where it is another', () => {
    expect(span('2026-12-01T12:00:00Z', '2026-12-01T18:00:00Z')).toBe('Tue 1 Dec, 12:00 to 18:00');
    expect(span('2026-12-01T12:00:00Z', '2026-12-02T06:00:00Z')).toBe('Tue 1 Dec, 12:00 to Wed 2 Dec, 06:00');
  });

  it('brings an instant into an input and back', () => {
    expect(toLocalInput('2026-06-01T12:30:00Z')).toBe('2026-06-01T13:30');
    for (const at of ['2026-06-01T12:30:00.000Z', '2026-12-01T12:30:00.000Z', '2026-03-29T01:00:00.000Z']) {
      expect(fromLocalInput(toLocalInput(at))).toBe(at);
    }
    expect(fromLocalInput('')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { codeOf, type PlaySummary, summarise, summaryJson } from './summary.ts';
import { summaryText } from './summary-text.ts';

const line: PlaySummary['lines'][number] = {
  host: 'kent',
  request: 'surge',
  line: 'a',
  code: 'CY.FCCU',
  wanted: 2,
  minimum: 1,
  asked: 3,
  offeredBy: 1,
  offered: 1,
  declined: { 'no-capacity': 1 },
  silent: 1,
  committed: 1,
  unfilled: 1,
};

const play = (faults: string[] = []): PlaySummary => ({
  scenario: 'cyber-surge',
  lines: [line],
  requests: [],
  expectations: [],
  faults,
});

type Of = Parameters<typeof summarise>[0];

const summaryOf = (change: Partial<Of> = {}) =>
  summarise({
    mode: 'actual',
    plays: [play()],
    eventsWritten: 12,
    checker: { findings: [] },
    touched: [],
    ...change,
  });

const lentTwice = { kind: 'over-committed-hub', where: 'kent/cy-1', detail: '2 of 1' };

describe('what a start came to', () => {
  it('is 0 when everything holds, and says so', () => {
    const summary = summaryOf();
    expect(codeOf(summary)).toBe(0);
    expect(summaryText(summary)).toContain('Everything holds');
    expect(summaryText(summary)).toContain('Double bookings found by the independent checker: 0');
  });

  it('is one object for machines, with what each line came to', () => {
    expect(summaryJson(summaryOf())).toMatchObject({
      scenario: 'cyber-surge',
      lines: [{ asked: 3, offered: 1, declined: { 'no-capacity': 1 }, silent: 1, committed: 1, unfilled: 1 }],
      eventsWritten: 12,
      doubleBookings: 0,
      faults: [],
    });
  });

  it.each([
    ['a play that did not come to what was expected', { plays: [play(['expected more'])] }, 'expected more'],
    [
      'a unit that the checker finds lent twice',
      { checker: { findings: [lentTwice] } },
      'over-committed-hub',
    ],
    [
      'anything else that the checker finds',
      { checker: { findings: [{ ...lentTwice, kind: 'half-told' }] } },
      'half-told',
    ],
    ['an actual mode that an exercise has touched', { touched: ['actual mode: 1 event'] }, 'actual mode'],
  ] as [string, Partial<Of>, string][])('is 1 for %s, which it names', (_, change, named) => {
    const summary = summaryOf(change);
    expect(codeOf(summary)).toBe(1);
    expect(summaryText(summary)).toContain('Does not hold:');
    expect(summaryText(summary)).toContain(named);
  });

  it('counts double bookings apart from what else is found', () => {
    const findings = [lentTwice, { ...lentTwice, kind: 'half-told' }];
    expect(summaryOf({ checker: { findings } }).doubleBookings).toBe(1);
  });

  it('is 1 when nothing was played', () => {
    expect(codeOf(undefined)).toBe(1);
  });
});

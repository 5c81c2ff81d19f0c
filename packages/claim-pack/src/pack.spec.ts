import type { EventType, StoredEventView } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { linesCsv, stepsCsv } from './csv.ts';
import { htmlOf } from './html.ts';
import { claimsOfMonth, monthCsv, readMonth } from './month.ts';
import { packOf } from './pack.ts';

const NAME = { donor: 'essex', claimId: 'd1' };
const NOV = '2026-11-26T10:00:00.000Z';
const DEC = '2026-12-04T10:00:00.000Z';
const of = { ...NAME, host: 'kent' };
const pay = { lineId: 'pay', category: 'pay', amountPence: 40_001, evidenceRef: '=HYPERLINK("x")' };
const policy = { basis: 'policy', policy: 'finance desk decides' };

let seq = 0;
const told = (type: EventType, time: string, actor: string, data: object): StoredEventView => {
  seq += 1;
  return {
    ...{ seq, subject: 'actual.claim.essex.d1.x.kent', data: { ...of, ...data } },
    envelope: {
      ...{ id: `${actor.split('/')[0]}.c${seq}.1`, source: '/muster/hub/request-broker', type, time },
      ...{ commandId: `c${seq}`, actor, classification: 'OFFICIAL' },
    },
  };
};
const essex = 'essex/finance/clerk';
const kent = 'kent/finance/clerk-1';
const money = { lines: [pay], totalPence: 40_001, dueBy: DEC };

const EVENTS: readonly StoredEventView[] = [
  told('muster.deployment.opened.v1', NOV, 'essex/adapter/a', {
    ...{ deploymentId: 'd1', requestId: 'r1', lineId: 'l1', bookingId: 'd1', capabilityId: 'psu' },
    ...{ quantity: 2, from: NOV, to: DEC, token: 1 },
  }),
  told('muster.cost.estimated.v1', NOV, essex, {
    ...{ ...money, requestId: 'r1', costCategory: 'SPECIALIST_STAFF', estimatedBy: 'clerk' },
  }),
  told('muster.cost.recorded.v1', NOV, essex, { ...money, recordedBy: 'clerk' }),
  told('muster.claim.submitted.v1', NOV, essex, {
    ...money,
    round: 1,
    submittedBy: 'clerk',
    approval: policy,
  }),
  told('muster.claim.queried.v1', NOV, kent, {
    ...{ round: 1, reason: '<script>alert(1)</script>', lineIds: ['pay'], queriedBy: 'clerk-1', dueBy: DEC },
  }),
  told('muster.claim.submitted.v1', NOV, essex, {
    ...{ ...money, round: 2, submittedBy: 'clerk', approval: policy, answer: 'So it is' },
  }),
  told('muster.claim.checked.v1', NOV, kent, { round: 2, totalPence: 40_001, checkedBy: 'clerk-2' }),
  told('muster.claim.agreed.v1', NOV, 'kent/finance/lead', {
    ...{ round: 2, totalPence: 40_001, checkedBy: 'clerk-2', agreedBy: 'lead', dueBy: DEC },
    approval: { basis: 'person', delegationId: 'grant-7' },
  }),
  told('muster.claim.paid.v1', DEC, kent, {
    ...{ amountPence: 40_001, paidAt: DEC, paymentRef: 'BACS 1', paidBy: 'clerk-1' },
  }),
];
const pack = () => {
  const made = packOf(EVENTS, NAME);
  if (!made) throw new Error('there is no claim');
  return made;
};

describe('a pack', () => {
  it('is made from the events alone, in whatever order they come', () => {
    expect(pack()).toMatchObject({
      claim: { status: 'PAID', round: 2, totalPence: 40_001 },
      lent: { capabilityId: 'psu', quantity: 2 },
      paid: { paymentRef: 'BACS 1' },
    });
    expect(packOf([...EVENTS].reverse(), NAME)).toEqual(pack());
  });

  it('is none where there is no claim', () => {
    expect(packOf(EVENTS, { ...NAME, claimId: 'other' })).toBeUndefined();
    expect(packOf(EVENTS.slice(0, 1), NAME)).toBeUndefined();
  });

  it('tells who did what when and on what it rests, one stored event a row', () => {
    const rows = stepsCsv(pack()).trimEnd().split('\r\n');
    expect(rows).toHaveLength(EVENTS.length);
    expect(rows[0]).toBe('sequence,time,step,actor,amount_gbp,words,rests_on,event_id');
    expect(rows[7]).toContain('claim.agreed,kent/finance/lead,400.01,checked by clerk-2,delegation grant-7');
  });

  it('holds no cell that a spreadsheet would run', () => {
    expect(linesCsv(pack())).toContain(`400.01,"'=HYPERLINK(""x"")"`);
  });

  it('is one page that loads nothing and runs nothing that others wrote', () => {
    const page = htmlOf(pack(), 'actual');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(/);
    expect(page).toContain('£400.01');
    expect(htmlOf(pack(), 'exercise')).toContain('EXERCISE Claim of essex on kent');
  });
});

describe('a month', () => {
  const monthOf = (text: string) => {
    const month = readMonth(text);
    if (!month) throw new Error(`${text} is no month`);
    return month;
  };
  const statuses = (text: string, org = 'kent'): string[] =>
    claimsOfMonth(EVENTS, org, monthOf(text)).map(({ claim }) => claim.status);

  it('holds each claim that was open or settled in it, as it stood when the month ended', () => {
    expect(statuses('2026-10')).toEqual([]);
    expect(statuses('2026-11')).toEqual(['AGREED']);
    expect(statuses('2026-12')).toEqual(['PAID']);
    expect(statuses('2027-01')).toEqual([]);
  });

  it('is for those that take part', () => {
    expect(statuses('2026-12', 'surrey')).toEqual([]);
    const csv = monthCsv(claimsOfMonth(EVENTS, 'essex', monthOf('2026-12')), 'essex', monthOf('2026-12'));
    expect(csv).toContain('2026-12,d1,r1,essex,kent,donor,SPECIALIST_STAFF,PAID');
  });

  it('begins and ends at midnight in London, in summer too', () => {
    expect(readMonth('2026-06')).toEqual({
      name: '2026-06',
      from: '2026-05-31T23:00:00.000Z',
      to: '2026-06-30T23:00:00.000Z',
    });
    expect(readMonth('2026-10')).toMatchObject({
      from: '2026-09-30T23:00:00.000Z',
      to: '2026-11-01T00:00:00.000Z',
    });
  });

  it.each(['2026-13', '2026-1', 'november', ''])('"%s" is none', (text) =>
    expect(readMonth(text)).toBeUndefined(),
  );
});

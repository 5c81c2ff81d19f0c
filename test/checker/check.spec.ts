import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { Ack, FindingKind } from './report.ts';
import { approvalPlants } from './testing/approval-plants.ts';
import { callPlants } from './testing/call-plants.ts';
import { claimPlants } from './testing/claim-plants.ts';
import { deploymentPlants } from './testing/deployment-plants.ts';
import { cleanStory, command, type Draft, NOW, recordsOf, type Story } from './testing/history.ts';
import { ledgerPlants } from './testing/ledger-plants.ts';
import { offerPlants } from './testing/offer-plants.ts';
import { drop, dropCommand, edit, nth } from './testing/plant.ts';
import { policyPlants } from './testing/policy-plants.ts';
import { preparationPlants } from './testing/preparation-plants.ts';
import { reachPlants } from './testing/reach-plants.ts';
import { recordPlants } from './testing/record-plants.ts';

const plants = [
  ...approvalPlants,
  ...policyPlants,
  ...reachPlants,
  ...offerPlants,
  ...preparationPlants,
  ...ledgerPlants,
  ...recordPlants,
  ...callPlants,
  ...deploymentPlants,
  ...claimPlants,
];

const acksOf = (story: Story): Ack[] => [
  { org: 'kent', commandId: 'a1', eventIds: [1, 2, 3, 4].map((n) => `kent.a1.${n}`) },
  { org: 'essex', commandId: 'o1', eventIds: story.ledger.slice(8, 9).map((each) => each.id) },
];

describe('the checker', () => {
  it('finds nothing in a history in which every rule holds', () => {
    const story = cleanStory();
    const report = check(recordsOf(story), { now: NOW, settleMs: 0, acks: acksOf(story) });
    expect(report.findings).toEqual([]);
    expect(report.counts).toMatchObject({
      ...{ ASSISTANCE_ACTUAL: story.ledger.length, HOME_ACTUAL: story.home.length, requests: 1 },
      ...{ capabilities: 2, reservations: 3, commitments: 1, returned: 1, lapsing: 0, acknowledged: 2 },
    });
  });

  it.each(plants)('finds it when $name', ({ kinds, story: plant, records: plantRaw, acks }) => {
    const story = cleanStory();
    plant?.(story);
    const history = recordsOf(story);
    plantRaw?.(history);
    const { findings } = check(history, { now: NOW, settleMs: 0, acks: acks ?? [] });
    expect([...new Set(findings.map((each) => each.kind))].sort()).toEqual([...kinds].sort());
    for (const each of findings) expect(each.where, each.detail).not.toBe('');
  });

  it('plants a fault of every kind', () => {
    const kinds: Record<FindingKind, true> = {
      'over-committed-hub': true,
      'over-committed-home': true,
      'reliance-unfounded': true,
      'reservation-unsettled': true,
      'lapsing-unanswered': true,
      'commitment-without-home': true,
      'answer-without-home': true,
      'home-confirmation-without-commitment': true,
      'home-answer-not-taken': true,
      'commitment-differs': true,
      'half-told': true,
      'direction-unrecorded': true,
      'rest-unheeded': true,
      'override-untold': true,
      'self-approved': true,
      'accepted-not-open': true,
      'offer-unapproved': true,
      'offer-unasked': true,
      'accepted-beyond-approval': true,
      'left-out-below-minimum': true,
      'issued-unapproved': true,
      'policy-unfounded': true,
      'escalated-unaccepted': true,
      'unfilled-incomplete': true,
      'deployment-step-illegal': true,
      'control-one-sided': true,
      'recall-unraised': true,
      'extension-unsettled': true,
      'secondment-unraised': true,
      'claim-step-illegal': true,
      'claim-total-wrong': true,
      'claim-agreed-alone': true,
      'claim-paid-unagreed': true,
      'version-out-of-order': true,
      'token-wrong': true,
      'booking-step-illegal': true,
      'home-decision-illegal': true,
      'home-saw-other': true,
      'asked-without-end': true,
      'asked-not-told': true,
      'request-without-end': true,
      'acknowledged-lost': true,
      'not-entitled': true,
      'subject-mismatch': true,
      'duplicate-id': true,
      'command-torn': true,
      'sequence-gap': true,
      unreadable: true,
    };
    const planted = new Set(plants.flatMap((plant) => plant.kinds));
    expect([...planted].sort()).toEqual(Object.keys(kinds).sort());
  });

  it('gives the other side its time before it calls a silence a fault', () => {
    const story = cleanStory();
    dropCommand(story.ledger, 'surrey.h-2-3-fccu');
    const settleMs = Date.parse(NOW) - Date.parse('2026-11-22T12:00:00.000Z');
    expect(check(recordsOf(story), { now: NOW, settleMs }).findings).toEqual([]);
  });

  /** Three units of essex, all that it has, reserved once more for a span. */
  const again = (from: string, to: string, time = '2026-12-02T21:00:00.000Z'): Draft[] =>
    command('kent', 'a3', time, [
      {
        type: 'booking.changed',
        subject: 'booking.essex.fccu',
        data: {
          ...{ donor: 'essex', capabilityId: 'fccu', bookingVersion: 5 },
          changes: [
            {
              ...{ kind: 'reserved', bookingId: 'o4', token: 5, host: 'kent', requestId: 'r1', lineId: 'l1' },
              ...{ quantity: 3, from, to, confirmBy: NOW, reliedOn: { revision: 1, quantity: 3 } },
            },
          ],
        },
      },
    ]);
  const overCommitted = (story: Story, more: Draft[]) =>
    check(recordsOf({ ...story, ledger: [...story.ledger, ...more] }), {
      now: NOW,
      settleMs: 0,
    }).findings.filter((each) => each.kind === 'over-committed-hub');
  const END = '2026-12-03T08:00:00.000Z';

  it('wants a request closed once all that it was lent has returned, before its windows are over', () => {
    const now = '2026-11-23T00:00:00.000Z';
    const kinds = (story: Story) =>
      check(recordsOf(story), { now, settleMs: 0 }).findings.map((each) => each.kind);
    const open = cleanStory();
    drop(open.ledger, 'essex.b1.3', 'essex.b1.4');
    expect(kinds(cleanStory())).toEqual([]);
    expect(kinds(open)).toEqual(['request-without-end']);
  });

  it('allows a unit to be reserved again from the moment of its return', () => {
    expect(overCommitted(cleanStory(), again('2026-12-02T20:00:00.000Z', END))).toEqual([]);
    expect(overCommitted(cleanStory(), again('2026-12-02T19:59:59.999Z', END))).toHaveLength(1);
  });

  it('counts a unit that comes home late until it is home', () => {
    const story = cleanStory();
    edit(story.ledger, 'essex.b1.2', (data) => {
      nth(data.changes, 0).at = '2026-12-04T10:00:00.000Z';
    });
    expect(overCommitted(story, again('2026-12-04T09:00:00.000Z', '2026-12-04T18:00:00.000Z'))).toHaveLength(
      1,
    );
    expect(overCommitted(story, again('2026-12-04T10:00:00.000Z', '2026-12-04T18:00:00.000Z'))).toEqual([]);
  });

  it('counts a unit that is overdue for as long as nobody reports it home', () => {
    const story = cleanStory();
    dropCommand(story.ledger, 'essex.b1');
    const overdue = again(END, '2026-12-05T08:00:00.000Z', '2026-12-03T09:00:00.000Z');
    const before = again(END, '2026-12-05T08:00:00.000Z', '2026-12-03T07:00:00.000Z');
    expect(overCommitted(story, overdue)).toHaveLength(1);
    expect(overCommitted(story, before)).toEqual([]);
  });

  it('lets nobody promise a unit that is overdue for a later time, at the hub or at home', () => {
    const story = cleanStory();
    dropCommand(story.ledger, 'essex.b1');
    const later = { from: '2026-12-06T08:00:00.000Z', to: '2026-12-07T08:00:00.000Z' };
    const overdue = again(later.from, later.to, '2026-12-03T08:00:00.000Z');
    const inTime = again(later.from, later.to, '2026-12-03T07:59:59.999Z');
    expect(overCommitted(story, overdue)).toHaveLength(1);
    expect(overCommitted(story, inTime)).toEqual([]);

    const used = (time: string) => {
      const entry = { kind: 'used', useId: 'u2', quantity: 2, ...later, gross: 3 };
      const data = { donor: 'essex', capabilityId: 'fccu', homeVersion: 5, entries: [entry] };
      const record = command('essex', 'c6', time, [
        { type: 'home.recorded', subject: 'home.essex.fccu', data },
      ]);
      const home = [...story.home, ...record];
      return check(recordsOf({ ...story, home }), { now: NOW, settleMs: 0 })
        .findings.map(({ kind }) => kind)
        .filter((kind) => kind === 'over-committed-home');
    };
    expect(used('2026-12-03T08:00:00.000Z')).toEqual(['over-committed-home']);
    expect(used('2026-12-03T07:59:59.999Z')).toEqual([]);
  });

  it('takes the work of a queue to be done when its week is over', () => {
    const story = cleanStory();
    dropCommand(story.ledger, 'essex.b1');
    edit(story.adverts, 'essex.v1.1', (data) => {
      data.kind = 'queue';
    });
    const [monday, tuesday] = ['2026-12-07T00:00:00.000Z', '2026-12-08T00:00:00.000Z'];
    expect(overCommitted(story, again(monday, tuesday, '2026-12-09T00:00:00.000Z'))).toEqual([]);
  });

  it('counts a queue by whole weeks', () => {
    const queue = cleanStory();
    edit(queue.adverts, 'essex.v1.1', (data) => {
      data.kind = 'queue';
    });
    const [saturday, sunday] = ['2026-12-05T00:00:00.000Z', '2026-12-06T00:00:00.000Z'];
    const [monday, tuesday] = ['2026-12-07T00:00:00.000Z', '2026-12-08T00:00:00.000Z'];
    expect(overCommitted(cleanStory(), again(saturday, sunday))).toEqual([]);
    expect(overCommitted(queue, again(saturday, sunday))).toHaveLength(1);
    expect(overCommitted(queue, again(monday, tuesday))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { Ack, FindingKind } from './report.ts';
import { cleanStory, command, type Draft, NOW, recordsOf, type Story } from './testing/history.ts';
import { ledgerPlants } from './testing/ledger-plants.ts';
import { dropCommand } from './testing/plant.ts';
import { recordPlants } from './testing/record-plants.ts';

const plants = [...ledgerPlants, ...recordPlants];

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

  it('allows a unit to be reserved again from the moment of its return', () => {
    const story = cleanStory();
    const span = { from: '2026-12-02T20:00:00.000Z', to: '2026-12-03T08:00:00.000Z' };
    const again = (from: string): Draft[] =>
      command('kent', 'a3', '2026-12-02T21:00:00.000Z', [
        {
          type: 'booking.changed',
          subject: 'booking.essex.fccu',
          data: {
            ...{ donor: 'essex', capabilityId: 'fccu', bookingVersion: 5 },
            changes: [
              {
                ...{
                  kind: 'reserved',
                  bookingId: 'o4',
                  token: 5,
                  host: 'kent',
                  requestId: 'r1',
                  lineId: 'l1',
                },
                ...{ quantity: 3, ...span, from, confirmBy: NOW, reliedOn: { revision: 1, quantity: 3 } },
              },
            ],
          },
        },
      ]);
    const overCommitted = (more: Draft[]) =>
      check(recordsOf({ ...story, ledger: [...story.ledger, ...more] }), {
        now: NOW,
        settleMs: 0,
      }).findings.filter((each) => each.kind === 'over-committed-hub');
    expect(overCommitted(again(span.from))).toEqual([]);
    expect(overCommitted(again('2026-12-02T19:59:59.999Z'))).toHaveLength(1);
  });
});

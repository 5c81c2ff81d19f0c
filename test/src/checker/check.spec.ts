import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { RawRecord } from './facts.ts';
import type { Ack, FindingKind } from './report.ts';
import { cleanStory, command, type Draft, NOW, recordsOf, type Story } from './testing/history.ts';

type Plant = {
  name: string;
  /** The kinds that this fault must be found as, and no other. */
  kinds: FindingKind[];
  story?: (story: Story) => void;
  records?: (records: RawRecord[][]) => void;
  acks?: Ack[];
};

const draft = (drafts: Draft[], id: string): Draft => {
  const found = drafts.find((each) => each.id === id);
  if (!found) throw new Error(`the story has no ${id}`);
  return found;
};

/** Where faults are planted; only the fields that some plant touches. */
type Step = {
  kind: string;
  bookingId: string;
  token: number;
  homeVersion?: number;
  at?: string;
  reliedOn?: { quantity: number };
};
type Item = Step & {
  bookingVersion?: number;
  quantity?: number;
  gross?: number;
  to?: string;
  changes?: Step[];
};
type Body = {
  token: number;
  quantity: number;
  bookingVersion: number;
  homeVersion: number;
  silent: unknown[];
  notice: { kind: string };
  changes: Step[];
  entries: Item[];
};

const nth = <T>(all: readonly T[] | undefined, index: number): T => {
  const found = all?.[index];
  if (found === undefined) throw new Error(`the story has no item ${index} there`);
  return found;
};

const edit = (drafts: Draft[], id: string, change: (data: Body) => void): void =>
  change(draft(drafts, id).data as unknown as Body);

const drop = (drafts: Draft[], ...ids: string[]): void => {
  for (const id of ids) drafts.splice(drafts.indexOf(draft(drafts, id)), 1);
};

const dropCommand = (drafts: Draft[], prefix: string): void =>
  drop(drafts, ...drafts.map((each) => each.id).filter((id) => id.startsWith(`${prefix}.`)));

const after = (drafts: Draft[], id: string, more: Draft[]): void => {
  drafts.splice(drafts.indexOf(draft(drafts, id)) + 1, 0, ...more);
};

const plants: Plant[] = [
  {
    name: 'the hub reserves more than the advert offers',
    kinds: ['over-committed-hub'],
    story: ({ ledger, home }) => {
      edit(ledger, 'kent.a1.3', (data) => {
        nth(data.changes, 0).reliedOn = { ...nth(data.changes, 0).reliedOn, quantity: 1 };
      });
      edit(home, 'essex.c2.1', (data) => {
        nth(nth(data.entries, 0).changes, 0).reliedOn = {
          ...nth(nth(data.entries, 0).changes, 0).reliedOn,
          quantity: 1,
        };
      });
    },
  },
  {
    name: 'two reservations overlap on the units of one capability',
    kinds: ['over-committed-hub'],
    story: ({ ledger, home }) => {
      // The refusal of o2 arrives only after o3 has been reserved on the same two units.
      const refused = ledger.splice(ledger.indexOf(draft(ledger, 'surrey.h-1-1-fccu.1')), 2);
      after(ledger, 'kent.a2.2', refused);
      edit(ledger, 'surrey.h-1-1-fccu.2', (data) => {
        data.bookingVersion = 3;
      });
      edit(ledger, 'kent.a2.1', (data) => {
        data.token = 2;
      });
      edit(ledger, 'kent.a2.2', (data) => {
        data.bookingVersion = 2;
        nth(data.changes, 0).token = 2;
      });
      for (const id of ['hub.t-2.2', 'surrey.h-2-3-fccu.1'])
        edit(ledger, id, (data) => {
          nth(data.changes, 0).token = 2;
        });
      edit(home, 'surrey.c3.1', (data) => {
        const [saw2, saw3, saw4, done] = [0, 1, 2, 3].map((index) => nth(data.entries, index)) as [
          Item,
          Item,
          Item,
          Item,
        ];
        data.entries = [{ ...saw3, bookingVersion: 2 }, { ...saw2, bookingVersion: 3 }, saw4, done];
        nth(saw3.changes, 0).token = 2;
        nth(saw4.changes, 0).token = 2;
        done.token = 2;
      });
    },
  },
  {
    name: 'the home force confirms and uses more than it has',
    kinds: ['over-committed-home'],
    story: ({ home }) =>
      edit(home, 'essex.c5.1', (data) => {
        nth(data.entries, 0).quantity = 2;
      }),
  },
  {
    name: 'a reservation relies on more than was advertised',
    kinds: ['reliance-unfounded'],
    story: ({ adverts }) =>
      edit(adverts, 'surrey.v1.1', (data) => {
        data.quantity = 1;
      }),
  },
  {
    name: 'a reservation is neither confirmed nor lapsed when its time has passed',
    kinds: ['reservation-unsettled'],
    story: ({ ledger, home }) => {
      dropCommand(ledger, 'hub.t-2');
      dropCommand(ledger, 'surrey.h-2-3-fccu');
      dropCommand(ledger, 'essex.b1');
      edit(home, 'surrey.c3.1', (data) => void data.entries.splice(2));
    },
  },
  {
    name: 'a home force leaves a lapsing booking unanswered',
    kinds: ['lapsing-unanswered'],
    story: ({ ledger, home }) => {
      dropCommand(ledger, 'surrey.h-2-3-fccu');
      edit(home, 'surrey.c3.1', (data) => void data.entries.splice(3));
    },
  },
  {
    name: 'the hub commits what the home force never confirmed',
    kinds: ['commitment-without-home'],
    story: ({ home }) => {
      drop(home, 'essex.c3.1');
      for (const [id, version] of [
        ['essex.c4.1', 2],
        ['essex.c5.1', 3],
      ] as const)
        edit(home, id, (data) => {
          data.homeVersion = version;
        });
    },
  },
  {
    name: 'the hub records a refusal that the home force never gave',
    kinds: ['answer-without-home'],
    story: ({ home }) => edit(home, 'surrey.c2.1', (data) => void data.entries.pop()),
  },
  {
    name: 'the home force confirms and the hub never commits',
    kinds: ['home-confirmation-without-commitment', 'reservation-unsettled'],
    story: ({ ledger, home }) => {
      for (const org of ['essex.h-2-0-fccu', 'essex.s1', 'kent.x1', 'essex.b1']) dropCommand(ledger, org);
      drop(home, 'essex.c4.1');
      edit(home, 'essex.c5.1', (data) => {
        data.homeVersion = 3;
      });
    },
  },
  {
    name: 'the hub never takes the answer to a lapsing booking',
    kinds: ['home-answer-not-taken'],
    story: ({ ledger }) => dropCommand(ledger, 'surrey.h-2-3-fccu'),
  },
  {
    name: 'a commitment is of more units than were reserved',
    kinds: ['commitment-differs'],
    story: ({ ledger }) =>
      edit(ledger, 'essex.h-2-0-fccu.1', (data) => {
        data.quantity = 3;
      }),
  },
  {
    name: 'a home force confirms another span than was reserved',
    kinds: ['commitment-differs'],
    story: ({ home }) =>
      edit(home, 'essex.c3.1', (data) => {
        nth(data.entries, 0).to = '2026-12-05T08:00:00.000Z';
      }),
  },
  {
    name: 'a commitment opens no deployment',
    kinds: ['half-told'],
    story: ({ ledger }) => drop(ledger, 'essex.h-2-0-fccu.3'),
  },
  {
    name: 'a booking version is left out',
    kinds: ['version-out-of-order'],
    story: ({ ledger }) =>
      edit(ledger, 'essex.b1.2', (data) => {
        data.bookingVersion = 5;
      }),
  },
  {
    name: 'a booking version is used twice',
    kinds: ['version-out-of-order'],
    story: ({ ledger }) =>
      edit(ledger, 'essex.b1.2', (data) => {
        data.bookingVersion = 3;
      }),
  },
  {
    name: 'a home version is used twice',
    kinds: ['version-out-of-order'],
    story: ({ home }) =>
      edit(home, 'essex.c5.1', (data) => {
        data.homeVersion = 3;
      }),
  },
  {
    name: 'a capability is booked without a genesis record',
    kinds: ['version-out-of-order', 'command-torn'],
    story: ({ ledger }) => drop(ledger, 'hub.g-1.1'),
  },
  {
    name: 'a commitment cites another token than its reservation',
    kinds: ['token-wrong', 'commitment-without-home'],
    story: ({ ledger }) =>
      edit(ledger, 'essex.h-2-0-fccu.1', (data) => {
        data.token = 7;
      }),
  },
  {
    name: 'a reservation carries a token that is not its version',
    kinds: ['token-wrong'],
    story: ({ ledger, home }) => {
      for (const id of ['kent.a2.1'])
        edit(ledger, id, (data) => {
          data.token = 1;
        });
      for (const id of ['kent.a2.2', 'hub.t-2.2', 'surrey.h-2-3-fccu.1'])
        edit(ledger, id, (data) => {
          nth(data.changes, 0).token = 1;
        });
      edit(home, 'surrey.c3.1', (data) => {
        nth(nth(data.entries, 1).changes, 0).token = 1;
        nth(nth(data.entries, 2).changes, 0).token = 1;
        nth(data.entries, 3).token = 1;
      });
    },
  },
  {
    name: 'a home force decides on a token that it never saw',
    kinds: ['token-wrong', 'answer-without-home', 'home-answer-not-taken'],
    story: ({ home }) =>
      edit(home, 'surrey.c2.1', (data) => {
        nth(data.entries, 1).token = 9;
      }),
  },
  {
    name: 'a booking is returned before it was confirmed',
    kinds: ['booking-step-illegal', 'half-told', 'home-saw-other', 'not-entitled'],
    story: ({ ledger }) =>
      edit(ledger, 'hub.t-2.2', (data) => {
        data.changes[0] = { kind: 'returned', bookingId: 'o3', token: 3, at: '2026-12-01T08:00:00.000Z' };
      }),
  },
  {
    name: 'a home force confirms a booking that it saw lapse',
    kinds: ['home-decision-illegal', 'home-confirmation-without-commitment', 'answer-without-home'],
    story: ({ home }) =>
      edit(home, 'surrey.c3.1', (data) => {
        const reserved = nth(nth(data.entries, 1).changes, 0);
        data.entries[3] = { ...reserved, kind: 'confirmed', gross: 2 };
      }),
  },
  {
    name: 'a home force confirms after the time to confirm',
    kinds: ['home-decision-illegal'],
    story: ({ home }) => {
      draft(home, 'essex.c3.1').time = '2026-11-22T12:31:00.000Z';
    },
  },
  {
    name: 'a home force decides twice',
    kinds: ['home-decision-illegal'],
    story: ({ home }) =>
      edit(home, 'essex.c5.1', (data) => {
        data.entries.push({ kind: 'refused', bookingId: 'o1', token: 1 });
      }),
  },
  {
    name: 'a home force saw what the hub never wrote',
    kinds: ['home-saw-other'],
    story: ({ home }) =>
      edit(home, 'essex.c4.1', (data) => {
        nth(nth(data.entries, 0).changes, 0).homeVersion = 1;
      }),
  },
  {
    name: 'an asked force has no end after the answer time',
    kinds: ['asked-without-end'],
    story: ({ ledger }) =>
      edit(ledger, 'hub.t-1.1', (data) => {
        data.silent = [];
      }),
  },
  {
    name: 'an asked force is not told of the request',
    kinds: ['asked-not-told'],
    story: ({ ledger }) =>
      edit(ledger, 'kent.r1.6', (data) => {
        data.notice.kind = 'else';
      }),
  },
  {
    name: 'a request never ends',
    kinds: ['request-without-end'],
    story: ({ ledger }) => drop(ledger, 'essex.b1.3', 'essex.b1.4'),
  },
  {
    name: 'an acknowledged event is not in the stream',
    kinds: ['acknowledged-lost'],
    acks: [{ org: 'kent', commandId: 'a9', eventIds: ['kent.a9.1'] }],
  },
  {
    name: 'an acknowledgement names the events of another command',
    kinds: ['acknowledged-lost'],
    acks: [{ org: 'kent', commandId: 'a9', eventIds: ['kent.a1.1'] }],
  },
  {
    name: 'an offer is made by another force than its donor',
    kinds: ['not-entitled'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.o1.1').id = 'sussex.o1.1';
      draft(ledger, 'sussex.o1.1').actor = 'sussex/adapter/desk';
    },
  },
  {
    name: 'a home ledger is written by another force',
    kinds: ['not-entitled'],
    story: ({ home }) => {
      Object.assign(draft(home, 'essex.c5.1'), { id: 'surrey.c5.1', actor: 'surrey/adapter/desk' });
    },
  },
  {
    name: 'a donor reserves for itself in the name of the host',
    kinds: ['not-entitled'],
    story: ({ ledger }) => {
      for (const n of [1, 2])
        Object.assign(draft(ledger, `kent.a2.${n}`), { id: `surrey.a2.${n}`, actor: 'surrey/adapter/desk' });
    },
  },
  {
    name: 'an actor of another organisation is named',
    kinds: ['not-entitled'],
    story: ({ ledger }) => {
      draft(ledger, 'kent.x1.1').actor = 'essex/requester/desk';
    },
  },
  {
    name: 'an event stands on the subject of another',
    kinds: ['subject-mismatch'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.o1.1').subject = 'actual.request.kent.r1.offer-made.surrey';
    },
  },
  {
    name: 'an event of an exercise stands in the actual stream',
    kinds: ['subject-mismatch'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.s1.1').subject = 'exercise.deployment.essex.o1.status.kent';
    },
  },
  {
    name: 'an event is stored twice',
    kinds: ['duplicate-id', 'command-torn'],
    story: ({ ledger }) => after(ledger, 'essex.s1.1', [{ ...draft(ledger, 'essex.s1.1') }]),
  },
  {
    name: 'half of a command is stored',
    kinds: ['command-torn', 'asked-without-end'],
    story: ({ ledger }) => drop(ledger, 'hub.t-1.1'),
  },
  {
    name: 'another event stands within the events of a command',
    kinds: ['command-torn'],
    story: ({ ledger }) => {
      const [status] = ledger.splice(ledger.indexOf(draft(ledger, 'essex.s1.1')), 1);
      if (status) after(ledger, 'kent.x1.1', [status]);
    },
  },
  {
    name: 'a sequence is missing from a ledger',
    kinds: ['sequence-gap'],
    records: (records) => {
      for (const record of records[2]?.slice(2) ?? []) record.seq += 1;
    },
  },
  {
    name: 'a ledger begins after its first sequence',
    kinds: ['sequence-gap'],
    records: (records) => {
      for (const record of records[2] ?? []) record.seq += 5;
    },
  },
  {
    name: 'a body is not JSON',
    kinds: ['unreadable'],
    records: (records) => {
      for (const record of records[1] ?? [])
        if (record.subject.endsWith('.status.kent')) record.body = '{"donor":';
    },
  },
  {
    name: 'a type is unknown',
    kinds: ['unreadable'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.s1.1').type = 'muster.deployment.status.v2';
    },
  },
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

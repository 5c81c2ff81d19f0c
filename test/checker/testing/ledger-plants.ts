import type { Story } from './history.ts';
import { after, draft, drop, dropCommand, edit, type Item, nth, type Plant } from './plant.ts';

/** The refusal of o2 arrives only after o3 has been reserved on the same two units. */
const reserveBeside = ({ ledger, home }: Story): void => {
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
};

/** Faults in what the hub's ledger and the home ledgers say of units and of each other. */
export const ledgerPlants: readonly Plant[] = [
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
    story: reserveBeside,
  },
  {
    name: 'units are reserved half an hour after their last task, with an hour of rest to come first',
    kinds: ['rest-unheeded'],
    story: (story) => {
      reserveBeside(story);
      const later = { from: '2026-12-03T08:30:00.000Z', to: '2026-12-03T12:00:00.000Z' };
      const reliedOn = { revision: 1, quantity: 2, minRestMinutes: 60 };
      edit(story.ledger, 'kent.a2.1', (data) => Object.assign(data, later));
      edit(story.ledger, 'kent.a2.2', (data) => Object.assign(nth(data.changes, 0), later, { reliedOn }));
      edit(story.home, 'surrey.c3.1', (data) =>
        Object.assign(nth(nth(data.entries, 0).changes, 0), later, { reliedOn }),
      );
    },
  },
  {
    name: 'rest is passed over and the acceptance does not say so',
    kinds: ['override-untold'],
    story: ({ ledger, home }) => {
      const override = { breached: [{ rule: 'rest' }], reason: 'Life at risk', by: 'duty-desk' };
      edit(ledger, 'kent.a1.3', (data) => Object.assign(nth(data.changes, 0), { override }));
      edit(home, 'essex.c2.1', (data) => Object.assign(nth(nth(data.entries, 0).changes, 0), { override }));
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
];

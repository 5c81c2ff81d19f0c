import type { BookingChange, MusterEvent } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { advert, at } from '../testing/samples.ts';
import { decideHome, type HomeFacts, type HomeInput } from './decide.ts';
import { evolveHome, type HomeEvent } from './evolve.ts';
import type { HomeState } from './state.ts';

const facts = (over: Partial<HomeFacts> = {}): HomeFacts => ({
  advert: advert(),
  now: at(0),
  policy: { policy: 'automatic' },
  ...over,
});
const person = facts({ policy: { policy: 'person' } });

const reserved = (bookingId: string, quantity = 1, over: Partial<BookingChange> = {}): BookingChange =>
  ({
    kind: 'reserved',
    bookingId,
    token: 1,
    host: 'kent',
    requestId: 'r1',
    lineId: 'l1',
    quantity,
    from: at(4),
    to: at(16),
    confirmBy: at(1),
    reliedOn: { revision: 1, quantity: 3, windowFrom: at(0), windowTo: at(99), expiresAt: at(99) },
    ...over,
  }) as BookingChange;
const lapsing = (bookingId: string): BookingChange => ({
  kind: 'lapsing',
  bookingId,
  token: 1,
  reasonCode: 'confirm-time-passed',
});

const hub = (bookingVersion: number, ...changes: BookingChange[]): HomeInput => ({
  kind: 'hub',
  event: { donor: 'sussex', capabilityId: 'psu-1', bookingVersion, changes },
});

const evolve = (state: HomeState | undefined, events: readonly HomeEvent[]): HomeState =>
  events.reduce<HomeState | undefined>(evolveHome, state) ?? opened;

const opened = evolveHome(undefined, {
  type: 'muster.home.opened.v1',
  data: { donor: 'sussex', capabilityId: 'psu-1', homeVersion: 0 },
});

const decideOn = (state: HomeState | undefined, input: HomeInput, given = facts()): HomeEvent[] => {
  const decision = decideHome(input, state, given);
  if ('refused' in decision) throw new Error(`${decision.refused}: ${decision.because}`);
  return decision.events;
};
const after = (state: HomeState | undefined, input: HomeInput, given = facts()): HomeState =>
  evolve(state, decideOn(state, input, given));
const refusal = (state: HomeState | undefined, input: HomeInput, given = facts()) => {
  const decision = decideHome(input, state, given);
  return 'refused' in decision ? decision.refused : undefined;
};
const kindsOf = (events: readonly MusterEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'muster.home.recorded.v1'
      ? event.data.entries.map((entry) =>
          entry.kind === 'refused' ? `refused:${entry.reasonCode}` : entry.kind,
        )
      : ['opened'],
  );

describe('genesis', () => {
  const open: HomeInput = { kind: 'open', donor: 'sussex', capabilityId: 'psu-1' };
  test('is written once', () => {
    expect(kindsOf(decideOn(undefined, open))).toEqual(['opened']);
    expect(decideOn(opened, open)).toEqual([]);
  });
  test('comes before the first record when the hub was quicker', () => {
    expect(kindsOf(decideOn(undefined, hub(1, reserved('b1'))))).toEqual(['opened', 'seen', 'confirmed']);
  });
});

describe('what the hub says is recorded in its order', () => {
  test('a version that was seen already changes nothing', () => {
    expect(decideOn(after(opened, hub(1, reserved('b1'))), hub(1, reserved('b1')))).toEqual([]);
  });
  test('a version that leaves others out is to be given again later', () => {
    expect(refusal(opened, hub(2, reserved('b1')))).toBe('contention');
  });
  test('every record counts up by one', () => {
    const state = after(after(opened, hub(1, reserved('b1'))), hub(2, reserved('b2')));
    expect(state.homeVersion).toBe(2);
    expect(state.seenVersion).toBe(2);
  });
  test('more entries than one record holds go into several', () => {
    const all = Array.from({ length: 200 }, (_, n) => reserved(`b${n}`));
    const events = decideOn(opened, hub(1, ...all), facts({ advert: advert({ quantity: 200 }) }));
    const sizes = events.flatMap(({ data }) => ('entries' in data ? [data.entries.length] : []));
    expect(sizes).toEqual([200, 1]);
    expect(events.map(({ data }) => data.homeVersion)).toEqual([1, 2]);
    expect(evolve(opened, events).verdicts.size).toBe(200);
  });
});

describe('by policy', () => {
  test('a reservation is confirmed at once when home has room, and the gross is recorded', () => {
    const [event] = decideOn(opened, hub(1, reserved('b1', 3)));
    expect(event?.data).toMatchObject({
      homeVersion: 1,
      entries: [{ kind: 'seen' }, { kind: 'confirmed', bookingId: 'b1', quantity: 3, gross: 3, token: 1 }],
    });
  });
  test('no more is confirmed than the gross quantity', () => {
    const events = decideOn(opened, hub(1, reserved('b1', 2), reserved('b2', 2)));
    expect(kindsOf(events)).toEqual(['seen', 'confirmed', 'refused:no-capacity']);
  });
  test('the force’s own use comes first', () => {
    const state = after(opened, { kind: 'use', useId: 'u1', quantity: 3, from: at(5), to: at(6) });
    expect(kindsOf(decideOn(state, hub(1, reserved('b1'))))).toEqual(['seen', 'refused:own-demand']);
  });
  test('its own use at another time does not matter', () => {
    const state = after(opened, { kind: 'use', useId: 'u1', quantity: 3, from: at(1), to: at(4) });
    expect(kindsOf(decideOn(state, hub(1, reserved('b1'))))).toEqual(['seen', 'confirmed']);
  });
  test('a capability without an advert is not lent', () => {
    expect(kindsOf(decideOn(opened, hub(1, reserved('b1')), facts({ advert: undefined })))).toEqual([
      'seen',
      'refused:unknown-capability',
    ]);
  });
  test('a smaller, unavailable or otherwise open advert is what counts', () => {
    for (const over of [
      { quantity: 1 },
      { status: 'unavailable' as const },
      { windows: [{ from: at(5), to: at(99) }] },
    ]) {
      const given = facts({ advert: advert(over) });
      expect(kindsOf(decideOn(opened, hub(1, reserved('b1', 2)), given))).toEqual([
        'seen',
        'refused:no-capacity',
      ]);
    }
  });
  test('nothing is confirmed once confirmBy has passed', () => {
    for (const policy of ['automatic', 'person'] as const) {
      const given = facts({ now: at(1), policy: { policy } });
      expect(kindsOf(decideOn(opened, hub(1, reserved('b1')), given))).toEqual([
        'seen',
        'refused:confirm-time-passed',
      ]);
    }
  });
  test('what is reserved and lapses within one event is void', () => {
    expect(kindsOf(decideOn(opened, hub(1, reserved('b1'), lapsing('b1'))))).toEqual(['seen', 'void']);
  });
});

describe('a lapsing booking', () => {
  test('is void when nobody confirmed it', () => {
    const state = after(opened, hub(1, reserved('b1')), person);
    expect(kindsOf(decideOn(state, hub(2, lapsing('b1')), person))).toEqual(['seen', 'void']);
  });
  test('needs no answer when it was confirmed or refused before', () => {
    const yes = after(opened, hub(1, reserved('b1')));
    expect(kindsOf(decideOn(yes, hub(2, lapsing('b1'))))).toEqual(['seen']);
    const no = after(opened, hub(1, reserved('b1', 9)));
    expect(kindsOf(decideOn(no, hub(2, lapsing('b1'))))).toEqual(['seen']);
  });
  test('that was confirmed still counts as committed', () => {
    const state = after(after(opened, hub(1, reserved('b1', 3))), hub(2, lapsing('b1')));
    expect(kindsOf(decideOn(state, hub(3, reserved('b2'))))).toEqual(['seen', 'refused:no-capacity']);
  });
});

describe('released units', () => {
  const lent = (...more: BookingChange[]): HomeState => {
    const state = after(opened, hub(1, reserved('b1', 3)));
    return after(
      state,
      hub(
        2,
        { kind: 'confirmed', bookingId: 'b1', token: 1, homeVersion: 1 },
        { kind: 'released', bookingId: 'b1', token: 1, reasonCode: 'task-complete' },
        ...more,
      ),
    );
  };
  test('are held until the hub shows them returned', () => {
    expect(kindsOf(decideOn(lent(), hub(3, reserved('b2'))))).toEqual(['seen', 'refused:no-capacity']);
  });
  test('are free from their return on', () => {
    const state = lent({ kind: 'returned', bookingId: 'b1', token: 1, at: at(3) });
    expect(kindsOf(decideOn(state, hub(3, reserved('b2'))))).toEqual(['seen', 'confirmed']);
  });
});

describe('a person', () => {
  const waiting = after(opened, hub(1, reserved('b1', 2)), person);
  const confirm: HomeInput = { kind: 'confirm', bookingId: 'b1' };
  const refuseIt: HomeInput = { kind: 'refuse', bookingId: 'b1', reasonCode: 'welfare-rest' };

  test('is waited for', () => expect(waiting.verdicts.size).toBe(0));
  test('confirms what is reserved', () => {
    expect(kindsOf(decideOn(waiting, confirm, person))).toEqual(['confirmed']);
  });
  test('refuses what is reserved, with the reason', () => {
    expect(kindsOf(decideOn(waiting, refuseIt, person))).toEqual(['refused:welfare-rest']);
  });
  test('may say it twice', () => {
    expect(decideOn(after(waiting, confirm), confirm)).toEqual([]);
    expect(decideOn(after(waiting, refuseIt), refuseIt)).toEqual([]);
  });
  test('may not take it back', () => {
    expect(refusal(after(waiting, confirm), refuseIt)).toBe('wrong-status');
    expect(refusal(after(waiting, refuseIt), confirm)).toBe('wrong-status');
  });
  test('may not confirm after confirmBy, but may refuse', () => {
    expect(refusal(waiting, confirm, facts({ now: at(1) }))).toBe('answer-time-passed');
    expect(refusal(waiting, refuseIt, facts({ now: at(1) }))).toBeUndefined();
  });
  test('may not confirm what has lapsed', () => {
    expect(refusal(after(waiting, hub(2, lapsing('b1')), person), confirm)).toBe('wrong-status');
  });
  test('may not confirm more than home has', () => {
    expect(refusal(waiting, confirm, facts({ advert: advert({ quantity: 1 }) }))).toBe('no-capacity');
  });
  test('may decide bookings in any order', () => {
    const two = after(waiting, hub(2, reserved('b2', 1, { token: 2 })), person);
    const done = after(after(two, { kind: 'confirm', bookingId: 'b2' }), confirm);
    expect([...done.verdicts.keys()]).toEqual(['b2', 'b1']);
  });
  test('is told of bookings and capabilities that there are not', () => {
    expect(refusal(opened, confirm)).toBe('not-found');
    for (const input of [confirm, refuseIt, use(), useReturn])
      expect(refusal(undefined, input)).toBe('not-found');
  });
});

const use = (over: Partial<Extract<HomeInput, { kind: 'use' }>> = {}): HomeInput => ({
  kind: 'use',
  useId: 'u1',
  quantity: 2,
  from: at(2),
  to: at(6),
  ...over,
});
const useReturn: HomeInput = { kind: 'use-return', useId: 'u1', at: at(3) };

describe('the force’s own use', () => {
  test('may take whatever is not committed, also when it is reserved', () => {
    const waiting = after(opened, hub(1, reserved('b1', 3)), person);
    expect(kindsOf(decideOn(waiting, use({ quantity: 3 })))).toEqual(['used']);
  });
  test('may not take what is committed, and says how much that is', () => {
    const lent = after(opened, hub(1, reserved('b1', 2)));
    expect(refusal(lent, use())).toBe('no-capacity');
    expect(decideHome(use(), lent, facts())).toMatchObject({
      because: expect.stringContaining('2 are committed to other forces'),
    });
    expect(refusal(lent, use({ quantity: 1 }))).toBeUndefined();
  });
  test('may not exceed the gross quantity over two uses', () => {
    expect(refusal(after(opened, use()), use({ useId: 'u2' }))).toBe('no-capacity');
  });
  test('is recorded once', () => expect(decideOn(after(opened, use()), use())).toEqual([]));
  test('keeps its id to itself', () => {
    expect(refusal(after(opened, use()), use({ quantity: 1 }))).toBe('command-id-reused');
  });
  test('must lie in a time that is not over', () => {
    expect(refusal(opened, use({ to: at(2) }))).toBe('bad-time');
    expect(refusal(opened, use(), facts({ now: at(6) }))).toBe('bad-time');
  });
  test('needs an advert', () =>
    expect(refusal(opened, use(), facts({ advert: undefined }))).toBe('advert-not-current'));
  test('ends when the units come back', () => {
    const state = after(after(opened, use({ quantity: 3 })), useReturn);
    expect(kindsOf(decideOn(state, hub(1, reserved('b1'))))).toEqual(['seen', 'confirmed']);
    expect(decideOn(state, useReturn)).toEqual([]);
  });
  test('that there is not cannot come back', () => expect(refusal(opened, useReturn)).toBe('not-found'));
  test('of a queue counts by whole weeks', () => {
    const given = facts({ advert: advert({ kind: 'queue', windows: [{ from: at(0), to: at(500) }] }) });
    const state = after(opened, use({ quantity: 2, from: at(0), to: at(1) }), given);
    expect(refusal(state, use({ useId: 'u2', from: at(50), to: at(51) }), given)).toBe('no-capacity');
  });
});

test('evolving leaves the earlier state alone', () => {
  const before = after(opened, use());
  after(before, useReturn);
  expect(before.uses.get('u1')?.returnedAt).toBeUndefined();
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolveBooking } from '../booking/evolve.ts';
import type { BookingState } from '../booking/state.ts';
import { evolveHome } from '../home/evolve.ts';
import type { HomeState } from '../home/state.ts';
import { evolveRequest } from '../request/evolve.ts';
import { lineCounts } from '../request/lines.ts';
import type { RequestState } from '../request/state.ts';
import { audit } from '../testing/audit.ts';
import { ACTS, type Step, startWorld } from '../testing/world.ts';
import { createLedger, type Ledger } from './ledger.ts';

const SEED = 20261207;
const RUNS = 300;
const STEPS_MAX = 120;

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...ACTS),
  a: fc.nat(999),
  b: fc.nat(999),
  c: fc.nat(999),
});
/** Starts with something going on, so that random steps have something to meet. */
const opening: Step[] = [
  { act: 'create', a: 0, b: 1, c: 3 },
  { act: 'create', a: 1, b: 0, c: 2 },
];
const history = fc
  .array(step, { minLength: 30, maxLength: STEPS_MAX })
  .map((steps) => [...opening, ...steps]);

const some = (act: Step['act'], count: number, over: Partial<Step> = {}): fc.Arbitrary<Step[]> =>
  fc.array(
    step.map((each) => ({ ...each, act, ...over })),
    { minLength: count, maxLength: count },
  );
/** One request with minimums of two; reservations lapse and their ends come in side by side. */
const losing = fc
  .tuple(
    some('offer', 16, { a: 0 }),
    some('accept', 6),
    some('home-hub', 6),
    some('deliver', 3),
    some('advance', 1, { a: 89 }),
    some('timer', 24),
    some('home-hub', 20),
    some('deliver-beside', 4),
  )
  .map((phases) => [{ act: 'create', a: 6, b: 1, c: 2 } satisfies Step, ...phases.flat()]);

/** Units are lent, their time passes, nobody reports them home, and others ask for a later time. */
const overdue = fc
  .tuple(
    some('offer', 8, { a: 0 }),
    some('accept', 6),
    some('home-hub', 8, { b: 1 }),
    some('deliver', 8, { a: 1 }),
    some('advance', 3, { a: 89 }),
    fc.constant<Step[]>([{ act: 'create', a: 0, b: 0, c: 5 }]),
    some('offer', 16),
    some('accept', 8),
    some('home-hub', 8, { b: 1 }),
  )
  .map((phases) => [{ act: 'create', a: 0, b: 0, c: 0 } satisfies Step, ...phases.flat()]);

type World = ReturnType<typeof startWorld>;
const played = (steps: readonly Step[]): World => {
  const world = startWorld();
  for (const each of steps) world.run(each);
  return world;
};

const holds = (check: (world: World) => void): void =>
  fc.assert(
    fc.property(history, (steps) => {
      check(played(steps));
    }),
    { seed: SEED, numRuns: RUNS },
  );

const bookingStates = ({ stored, scene }: World): BookingState[] => {
  const names = new Set(
    stored.flatMap(({ event }) => (event.type === 'muster.booking.opened.v1' ? [event.data] : [])),
  );
  return [...names].flatMap(({ donor, capabilityId }) => {
    const state = scene.ledger.view.bookings(donor, capabilityId);
    return state ? [state] : [];
  });
};

/** Units of a line by the bookings alone. Those sent home unused do not count. */
const countedFromBookings = (world: World, request: RequestState, lineId: string) => {
  const all = bookingStates(world)
    .flatMap(({ bookings }) => [...bookings.values()])
    .filter((each) => each.host === request.host && each.requestId === request.requestId)
    .filter((each) => each.lineId === lineId);
  const unused = new Set(
    world.stored.flatMap(({ event }) =>
      event.type === 'muster.deployment.forfeited.v1' ||
      event.type === 'muster.deployment.aborted.v1' ||
      (event.type === 'muster.resource.released.v1' &&
        ['minimum-not-met', 'confirmed-too-late', 'recalled'].includes(event.data.reasonCode))
        ? [event.data.deploymentId]
        : [],
    ),
  );
  const sum = (...statuses: string[]): number =>
    all
      .filter(({ status, bookingId }) => statuses.includes(status) && !unused.has(bookingId))
      .reduce((total, { quantity }) => total + quantity, 0);
  return { reserved: sum('reserved'), committed: sum('confirmed', 'released', 'returned') };
};

/** What a line has, what it may yet come to have, and whether it lost any of what it had taken. */
const prospects = (world: World, request: RequestState, lineId: string) => {
  const offers = [...request.offers.values()].filter((offer) => offer.lineId === lineId);
  const bookings = new Map(
    bookingStates(world).flatMap((state) => [...state.bookings].map(([id, each]) => [id, each] as const)),
  );
  const sum = (all: typeof offers): number =>
    all.reduce((total, offer) => total + ('accepted' in offer ? offer.accepted : offer).quantity, 0);
  const inStatus = (...statuses: string[]) => offers.filter(({ status }) => statuses.includes(status));
  const lapsing = inStatus('lapsed').filter(({ offerId }) => bookings.get(offerId)?.status === 'lapsing');
  const mayAnswer =
    !request.answerTimePassed &&
    world.scene.now() < request.answerBy &&
    [...request.answers].some(([key, { answer }]) => key.endsWith(`/${lineId}`) && answer === 'waiting');
  return {
    has: sum(inStatus('accepted', 'committed')),
    mayCome: mayAnswer ? Number.POSITIVE_INFINITY : sum(inStatus('made', 'provisional')) + sum(lapsing),
    lost: inStatus('refused', 'lapsed').length > 0,
    // What is left of a line that was filled may be on task, so it is not sent home by rule.
    takenBack: offers.some(
      (offer) =>
        offer.status === 'stood-down' &&
        ['recalled', 'forfeited', 'aborted'].includes(offer.reasonCode ?? ''),
    ),
  };
};

describe('over random histories with late, stale and repeated messages', () => {
  test('nothing is ever lent twice, and versions and tokens have no gaps', () => {
    holds(({ stored }) => expect(audit(stored)).toEqual([]));
  });

  test('nothing that is overdue is promised to anybody else', () => {
    const promisesNone = (steps: readonly Step[]): void => {
      expect(audit(played(steps).stored)).toEqual([]);
    };
    fc.assert(fc.property(overdue, promisesNone), { seed: SEED, numRuns: RUNS });
  });

  test('the histories reach every state of a booking and every kind of event', () => {
    const statuses = new Set<string>();
    const types = new Set<string>();
    holds((world) => {
      for (const state of bookingStates(world)) {
        for (const { status } of state.bookings.values()) statuses.add(status);
      }
      for (const { event } of world.stored) types.add(event.type);
    });
    expect([...statuses].sort()).toEqual([
      'confirmed',
      'lapsing',
      'refused',
      'released',
      'reserved',
      'returned',
      'void',
    ]);
    expect(types.size).toBeGreaterThanOrEqual(23);
  });

  test('the counts of every line are those that its bookings give', () => {
    holds((world) => {
      for (const request of world.scene.ledger.requests()) {
        for (const line of request.lines) {
          expect(lineCounts(request, line)).toMatchObject(countedFromBookings(world, request, line.lineId));
        }
      }
    });
  });

  test('no line has more than it asked for', () => {
    holds(({ scene }) => {
      for (const request of scene.ledger.requests()) {
        for (const line of request.lines) {
          const { reserved, committed } = lineCounts(request, line);
          expect(reserved + committed).toBeLessThanOrEqual(line.quantity);
        }
      }
    });
  });

  test('a ledger rebuilt from the first event equals the live one', () => {
    const everything = (ledger: Ledger, world: World) => ({
      requests: [...ledger.requests()],
      deployments: [...ledger.deployments()],
      bookings: bookingStates(world).map(({ donor, capabilityId }) => ({
        state: ledger.view.bookings(donor, capabilityId),
        home: ledger.view.home(donor, capabilityId),
        advert: ledger.view.advert(donor, capabilityId),
      })),
    });
    holds((world) => {
      const rebuilt = createLedger();
      for (const fact of world.stored) rebuilt.apply(fact);
      expect(everything(rebuilt, world)).toEqual(everything(world.scene.ledger, world));
    });
  });

  test('the pure functions come to the same states as the ledger', () => {
    holds(({ stored, scene }) => {
      const requests = new Map<string, RequestState | undefined>();
      const bookings = new Map<string, BookingState>();
      const homes = new Map<string, HomeState>();
      for (const { event, envelope } of stored) {
        if (event.type === 'muster.booking.changed.v1') {
          const key = `${event.data.donor}.${event.data.capabilityId}`;
          bookings.set(key, evolveBooking(bookings.get(key), event));
        }
        if (event.type === 'muster.home.recorded.v1') {
          const key = `${event.data.donor}.${event.data.capabilityId}`;
          homes.set(key, evolveHome(homes.get(key), event));
        }
        if (event.type === 'muster.request.submitted.v1' || event.type === 'muster.request.issued.v1') {
          const key = `${event.data.host}.${event.data.requestId}`;
          requests.set(key, evolveRequest(requests.get(key), event, envelope.time));
        }
      }
      for (const state of bookings.values()) {
        expect(scene.ledger.view.bookings(state.donor, state.capabilityId)?.bookings).toEqual(state.bookings);
      }
      for (const state of homes.values()) {
        expect(scene.ledger.view.home(state.donor, state.capabilityId)).toEqual(state);
      }
      for (const state of requests.values()) {
        expect(state && scene.ledger.view.request(state.host, state.requestId)?.lines).toEqual(state?.lines);
      }
    });
  });

  test('once followed up, no live request keeps a line that lost units below a minimum out of reach', () => {
    let held = 0;
    const keepsNone = (steps: readonly Step[]): void => {
      const world = played(steps);
      world.followUp();
      for (const request of world.scene.ledger.requests()) {
        if (request.phase.kind !== 'live') continue;
        for (const line of request.lines) {
          const { has, mayCome, lost, takenBack } = prospects(world, request, line.lineId);
          if (!lost || has === 0 || takenBack) continue;
          held += 1;
          expect(has + mayCome).toBeGreaterThanOrEqual(line.minimumQuantity);
        }
      }
    };
    const chosen = { seed: SEED, numRuns: RUNS };
    fc.assert(fc.property(history, keepsNone), chosen);
    fc.assert(fc.property(losing, keepsNone), { ...chosen, numRuns: 4 * RUNS });
    expect(held).toBeGreaterThan(0);
  });

  test('once all is said, every asked force has an end, every request too, and nothing stays taken', () => {
    holds((world) => {
      world.settle();
      expect(audit(world.stored)).toEqual([]);
      for (const request of world.scene.ledger.requests()) {
        expect([...request.answers.values()].filter(({ answer }) => answer === 'waiting')).toEqual([]);
        expect(request.phase.kind).not.toBe('live');
      }
      const taken = bookingStates(world).flatMap(({ bookings }) => [...bookings.values()]);
      expect(
        taken.filter(({ status }) => !['refused', 'void', 'returned', 'handed-on'].includes(status)),
      ).toEqual([]);
    });
  });
});

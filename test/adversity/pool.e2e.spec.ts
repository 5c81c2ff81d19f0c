import { seeded } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roster } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Desk } from './desk.ts';
import { acceptOf, askForOne, bookingOf, DRILL_MS_MAX, type Drill, startDrill } from './drill.ts';
import type { HomeDesk } from './home.ts';

const POOL = 10;
const SHRINKING = 4;

const capacities = (shrinking: number): string =>
  roster([
    { id: 'pool', kind: 'pool', quantity: POOL },
    { id: 'shrinking', kind: 'pool', quantity: shrinking, code: 'CY.CRYPTO' },
  ]);

let world: World;
let drill: Drill;
let kent: Desk;
let essex: HomeDesk;

beforeAll(async () => {
  ({ world, drill } = await startDrill([
    { force: 'essex', roster: capacities(SHRINKING), confirm: 'person' },
  ]));
  kent = await drill.desk('kent');
  essex = await drill.home('essex');
});

afterAll(() => world[Symbol.asyncDispose]());

describe('a pool of ten', { timeout: DRILL_MS_MAX }, () => {
  it('is confirmed in any order, and the eleventh is refused', async () => {
    const ids = Array.from({ length: POOL + 1 }, (_, n) => `pool-${n + 1}`);
    const offers = await Promise.all(
      ids.map((requestId) => askForOne(kent, { requestId, from: ['essex'], day: 10 })),
    );
    const asked = ids.flatMap((requestId, n) => {
      const offer = offers[n];
      return offer ? [{ requestId, offer }] : [];
    });
    const [eleventh, ...ten] = asked.toReversed();
    for (const { requestId, offer } of ten) await kent.stored('offer-accept', acceptOf(requestId, offer));
    expect(eleventh).toBeDefined();
    if (eleventh) {
      const refusal = await kent.refused('offer-accept', acceptOf(eleventh.requestId, eleventh.offer));
      expect(refusal.refused).toBe('no-capacity');
    }
    for (const { offer } of ten) await essex.untilSeen('pool', offer.offerId);

    const confirmed = seeded(7).shuffle(ten);
    for (const { requestId, offer } of confirmed) {
      const input = { kind: 'confirm', bookingId: offer.offerId } as const;
      expect(await essex.decide('pool', `confirm-${requestId}`, input)).toBeUndefined();
    }
    for (const { offer } of ten) await drill.history.untilPath(bookingOf(offer), ['reserved', 'confirmed']);
    const tokens = drill.history
      .of('muster.commitment.made.v1')
      .toSorted((a, b) => a.homeVersion - b.homeVersion)
      .map(({ token }) => token);
    // Each under the token of its own reservation, in the order in which home confirmed.
    expect(tokens).not.toEqual(tokens.toSorted((a, b) => a - b));
    expect(new Set(tokens).size).toBe(POOL);
    expect(await drill.findings()).toEqual([]);
  });
});

describe('a donor that shrinks its advert under what is booked', { timeout: DRILL_MS_MAX }, () => {
  it('gets a shortfall raised, keeps what is booked, and lends nothing further', async () => {
    const need = { from: ['essex'], day: 20, code: 'CY.CRYPTO' };
    const committed = await askForOne(kent, { ...need, requestId: 'shrink-1', quantity: 2 });
    const reserved = await askForOne(kent, { ...need, requestId: 'shrink-2', quantity: 1 });
    const further = await askForOne(kent, { ...need, requestId: 'shrink-3', quantity: 1 });
    await kent.stored('offer-accept', acceptOf('shrink-1', committed));
    await kent.stored('offer-accept', acceptOf('shrink-2', reserved));
    await essex.untilSeen('shrinking', committed.offerId);
    const input = { kind: 'confirm', bookingId: committed.offerId } as const;
    expect(await essex.decide('shrinking', 'confirm-shrink', input)).toBeUndefined();
    await drill.history.untilPath(bookingOf(committed), ['reserved', 'confirmed']);

    world.rewriteRoster('adapter', 'essex', capacities(1));
    const shortfall = await drill.history.until('the shortfall is raised', (history) =>
      history.of('muster.booking.shortfall.v1').at(-1),
    );
    expect(shortfall).toMatchObject({ capabilityId: 'shrinking', advertised: 1, booked: 3 });
    const refusal = await kent.refused('offer-accept', acceptOf('shrink-3', further));
    expect(refusal.refused).toBe('no-capacity');
    expect(drill.history.path(bookingOf(committed))).toEqual(['reserved', 'confirmed']);
    expect(drill.history.path(bookingOf(reserved))).toEqual(['reserved']);
    expect(await drill.findings()).toEqual([]);
  });
});

import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../world/children.ts';
import { roster } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Desk } from './desk.ts';
import {
  acceptOf,
  askForOne,
  bookingOf,
  DRILL_MS_MAX,
  type Drill,
  openOffers,
  requestOf,
  startDrill,
  startOf,
  viewOf,
} from './drill.ts';
import { fromTimers, hold, toForce, toTimers, untilSettled } from './news.ts';

/** Times that pass while everything is down, in milliseconds. */
const CONFIRM_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 6_000;
/** Requests under way when the server dies. */
const UNDER_WAY = 12;

let world: World;
let drill: Drill;
let kent: Desk;
let sussex: Desk;
let broker: Service;
let registry: Service;
let adapter: Service;

beforeAll(async () => {
  ({ world, drill, broker, registry, adapter } = await startDrill([
    { force: 'essex', roster: roster([{ id: 'unit' }]) },
    { force: 'surrey', roster: roster([{ id: 'unit' }]), confirm: 'person' },
  ]));
  kent = await drill.desk('kent');
  sussex = await drill.desk('sussex');
});

afterAll(() => world[Symbol.asyncDispose]());

describe('every service down while deadlines pass', { timeout: DRILL_MS_MAX }, () => {
  it('keeps the deadlines once they are back', async () => {
    const offer = await askForOne(kent, {
      requestId: 'down',
      // Norfolk is asked and stays silent.
      from: ['surrey', 'norfolk'],
      day: 10,
      confirmWithinMs: CONFIRM_WITHIN_MS,
      answerWithinMs: ANSWER_WITHIN_MS,
    });
    await kent.stored('offer-accept', acceptOf('down', offer));
    await untilSettled(world, toTimers(world));
    await Promise.all([broker, registry, adapter].map((service) => service.kill9()));
    const { stream, durable } = fromTimers(world);
    await eventually(async () => (await world.admin.jsm.consumers.info(stream, durable)).num_pending === 2, {
      deadlineMs: 30_000,
      everyMs: 50,
      what: 'both deadlines have passed with nobody there',
    });

    await Promise.all([broker, registry, adapter].map((service) => service.start()));
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'lapsing', 'void']);
    const expired = await drill.history.until('the silence is on record', (history) =>
      history.of('muster.request.answer_time_expired.v1').at(-1),
    );
    expect(expired).toMatchObject({ requestId: 'down', silent: [{ force: 'norfolk', lineIds: ['a'] }] });
    await untilSettled(world, fromTimers(world));
    expect(await drill.findings()).toEqual([]);
  });
});

describe('a force that the hub does not reach', { timeout: DRILL_MS_MAX }, () => {
  it('uses its own unit, refuses what was reserved unheard, and the line opens again', async () => {
    const [offer, later] = await Promise.all([
      askForOne(kent, { requestId: 'alone', from: ['essex'], day: 20 }),
      askForOne(sussex, { requestId: 'alone-later', from: ['essex'], day: 20 }),
    ]);
    const essex = await drill.home('essex');
    const alone = await essex.aloneWith('unit');
    await using news = await hold(world, toForce(world, 'essex'));
    await kent.stored('offer-accept', acceptOf('alone', offer));
    expect(await broker.stop()).toBe(0);
    const use = { kind: 'use', useId: 'own', quantity: 1, from: startOf(20), to: startOf(21) } as const;
    expect(await alone('use-own', use)).toBe('stored');

    await broker.start();
    await news.release();
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'refused']);
    const refused = drill.history.of('muster.commitment.refused.v1');
    expect(refused).toMatchObject([{ offerId: offer.offerId, reasonCode: 'own-demand' }]);
    const [line] = (await viewOf(kent, 'alone')).lines;
    expect(line).toMatchObject({ reserved: 0, committed: 0, unfilled: 1 });
    // By now the hub has heard of it too.
    expect((await sussex.refused('offer-accept', acceptOf('alone-later', later))).refused).toBe(
      'no-capacity',
    );
    expect(await drill.findings()).toEqual([]);
  });
});

describe('the server killed in the middle of everything', { timeout: DRILL_MS_MAX }, () => {
  it('loses nothing, and all of it goes on', async () => {
    const ids = Array.from({ length: UNDER_WAY }, (_, n) => ({ requestId: `mid-${n}`, day: 30 + n }));
    const accept = async ({ requestId }: { requestId: string }) => {
      const [offer] = await openOffers(kent, requestId, 1);
      if (!offer) throw new Error(`${requestId} has no offer`);
      return { offer, reply: await kent.stored('offer-accept', acceptOf(requestId, offer)) };
    };
    const half = ids.slice(0, UNDER_WAY / 2);
    for (const need of half) await askForOne(kent, { ...need, from: ['essex'] });
    const accepting = half.map(accept);
    await Promise.race(accepting);
    // Frozen first, so that what is sent now, and what is being stored, dies with it.
    await world.server?.pause();
    const creating = ids
      .slice(UNDER_WAY / 2)
      .map((need) => kent.stored('request-create', requestOf({ ...need, from: ['essex'] })));
    await world.server?.kill9();
    await world.server?.start();

    const accepted = await Promise.all(accepting);
    await Promise.all(creating);
    accepted.push(...(await Promise.all(ids.slice(UNDER_WAY / 2).map(accept))));
    for (const { offer } of accepted)
      await drill.history.untilPath(bookingOf(offer), ['reserved', 'confirmed']);
    expect(drill.history.of('muster.request.submitted.v1').map(({ requestId }) => requestId)).toEqual(
      expect.arrayContaining(ids.map(({ requestId }) => requestId)),
    );
    expect(await drill.findings()).toEqual([]);
  });
});

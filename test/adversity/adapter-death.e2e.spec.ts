import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roster } from '../world/roster.ts';
import { type HostedForce, startWorld, type World } from '../world/world.ts';
import type { Desk } from './desk.ts';
import { acceptOf, askForOne, bookingOf, DRILL_MS_MAX, type Drill, openDrill } from './drill.ts';
import { comeAgainAfter, toForce, untilSettled } from './news.ts';

/** Exit code of a process that died at its fault. */
const KILLED = 137;
/** How soon what a dead adapter held comes again, in milliseconds. */
const COME_AGAIN_MS = 2_000;

const ESSEX: HostedForce = { force: 'essex', roster: roster([{ id: 'unit' }]) };

let world: World;
let drill: Drill;
let kent: Desk;

beforeAll(async () => {
  world = await startWorld({ mode: 'exercise', forces: ['essex'] });
  await Promise.all([
    world.service({ name: 'request-broker', label: 'broker' }),
    world.service({ name: 'capability-registry', label: 'registry' }),
  ]);
  await comeAgainAfter(world, toForce(world, 'essex'), COME_AGAIN_MS);
  drill = await openDrill(world);
  kent = await drill.desk('kent');
});

afterAll(() => world[Symbol.asyncDispose]());

describe('an adapter that dies between seeing a reservation and confirming it', {
  timeout: DRILL_MS_MAX,
}, () => {
  it.each([
    ['before it has confirmed', 'before-confirming', 10],
    ['after it has confirmed, before it has said that it is done', 'after-confirming', 20],
  ])('has confirmed once in the end: %s', async (_, fault, day) => {
    const doomed = await world.adapter(`dies-${fault}`, [ESSEX], { MUSTER_FAULT: fault });
    const offer = await askForOne(kent, { requestId: fault, from: ['essex'], day });
    await kent.stored('offer-accept', acceptOf(fault, offer));
    expect(await doomed.exited()).toBe(KILLED);

    const adapter = await world.adapter(`lives-${fault}`, [ESSEX]);
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'confirmed']);
    // What the dead adapter held has come again by then, and been recognised.
    await untilSettled(world, toForce(world, 'essex'));
    const home = await drill.home('essex');
    const verdict = await home.until('unit', 'confirmed', (state) => state.verdicts.get(offer.offerId));
    await drill.history.catchUp();
    expect(drill.history.of('muster.commitment.made.v1').at(-1)).toMatchObject({
      offerId: offer.offerId,
      homeVersion: verdict.homeVersion,
    });
    expect(drill.history.path(bookingOf(offer))).toEqual(['reserved', 'confirmed']);
    expect(await drill.findings()).toEqual([]);
    expect(await adapter.stop()).toBe(0);
  });
});

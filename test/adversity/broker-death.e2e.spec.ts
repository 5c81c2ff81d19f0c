import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../world/children.ts';
import { roster } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Desk } from './desk.ts';
import { acceptOf, askForOne, bookingOf, DRILL_MS_MAX, type Drill, requestOf, startDrill } from './drill.ts';
import { comeAgainAfter, retell, toBrokers, toTimers, untilSettled } from './news.ts';

/** Time that home has to confirm where that must pass, in milliseconds. */
const CONFIRM_WITHIN_MS = 3_000;
/** Exit code of a process that died at its fault. */
const KILLED = 137;
const COPIES = 8;
/** How soon what a dead broker held for its timers comes again, in milliseconds. */
const COME_AGAIN_MS = 2_000;

let world: World;
let drill: Drill;
let kent: Desk;
let sound: Service;

/** A replica that dies at the fault, and until then has all the work. */
const doomedReplica = async (fault: string): Promise<Service> => {
  const doomed = await world.service({
    name: 'request-broker',
    label: `dies-${fault}`,
    env: { MUSTER_FAULT: fault },
  });
  await sound.stop();
  return doomed;
};

beforeAll(async () => {
  ({
    world,
    drill,
    broker: sound,
  } = await startDrill([
    { force: 'essex', roster: roster([{ id: 'unit' }]) },
    { force: 'surrey', roster: roster([{ id: 'unit' }]), confirm: 'person' },
  ]));
  await comeAgainAfter(world, toTimers(world), COME_AGAIN_MS);
  kent = await drill.desk('kent');
});

afterAll(() => world[Symbol.asyncDispose]());

describe('a broker that dies at the worst moment', { timeout: DRILL_MS_MAX }, () => {
  it('has reserved once when it dies before it answers', async () => {
    const offer = await askForOne(kent, { requestId: 'reserve', from: ['essex'], day: 10 });
    const doomed = await doomedReplica('after-reserve-before-answer');
    const accept = acceptOf('reserve', offer);
    expect((await kent.send('offer-accept', accept)).kind).toBe('unknown');
    expect(await doomed.exited()).toBe(KILLED);

    await sound.start();
    const answer = await kent.stored('offer-accept', accept);
    expect(answer.repeated).toBe(true);
    expect(answer.events.map(({ id }) => id)).toContain(`kent.${accept.commandId}.1`);
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'confirmed']);
    expect(await kent.stored('offer-accept', accept)).toEqual(answer);
    expect(await drill.findings()).toEqual([]);
  });

  it('commits once when it dies between what home decided and its own record of it', async () => {
    const offer = await askForOne(kent, { requestId: 'commit', from: ['essex'], day: 20 });
    const doomed = await doomedReplica('between-home-event-and-append');
    await kent.send('offer-accept', acceptOf('commit', offer));
    expect(await doomed.exited()).toBe(KILLED);

    await sound.start();
    await kent.stored('offer-accept', acceptOf('commit', offer));
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'confirmed']);
    // All that the home ledgers ever said comes a second time.
    const flow = toBrokers(world);
    await retell(world, flow);
    await untilSettled(world, flow);
    await drill.history.catchUp();
    const made = drill.history.of('muster.commitment.made.v1');
    expect(made.filter(({ offerId }) => offerId === offer.offerId)).toHaveLength(1);
    expect(drill.history.path(bookingOf(offer))).toEqual(['reserved', 'confirmed']);
    expect(await drill.findings()).toEqual([]);
  });

  it('lets the reservation lapse in time when it dies before it has set the timer', async () => {
    const need = { requestId: 'timer', from: ['surrey'], day: 30, confirmWithinMs: CONFIRM_WITHIN_MS };
    const offer = await askForOne(kent, need);
    await untilSettled(world, toTimers(world));
    const doomed = await doomedReplica('between-append-and-arm');
    await kent.send('offer-accept', acceptOf('timer', offer));
    expect(await doomed.exited()).toBe(KILLED);

    await sound.start();
    await kent.stored('offer-accept', acceptOf('timer', offer));
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'lapsing', 'void']);
    expect(await drill.findings()).toEqual([]);
  });
});

describe('a creation that reaches two replicas', { timeout: DRILL_MS_MAX }, () => {
  const submitted = (requestId: string) =>
    drill.history.of('muster.request.submitted.v1').filter((data) => data.requestId === requestId);

  it('is one request when the first dies with it stored and the second is asked again', async () => {
    const body = requestOf({ requestId: 'twice', from: ['essex'], day: 40 });
    const doomed = await doomedReplica('after-append-before-answer');
    expect((await kent.send('request-create', body)).kind).toBe('unknown');
    expect(await doomed.exited()).toBe(KILLED);

    await sound.start();
    const answer = await kent.stored('request-create', body);
    expect(answer.repeated).toBe(true);
    await drill.history.catchUp();
    expect(submitted('twice')).toHaveLength(1);
    expect(await drill.findings()).toEqual([]);
  });

  it('is one request when both get it at the same moment, and both answer alike', async () => {
    const second = await world.service({ name: 'request-broker', label: 'broker-2' });
    const ids = Array.from({ length: COPIES }, (_, n) => `same-${n}`);
    for (const [n, requestId] of ids.entries()) {
      const body = requestOf({ requestId, from: ['essex'], day: 50 + n });
      const answers = await Promise.all(
        Array.from({ length: COPIES }, () => kent.stored('request-create', body)),
      );
      expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(new Set(answers.map(({ events }) => JSON.stringify(events))).size).toBe(1);
    }
    await drill.history.catchUp();
    for (const requestId of ids) expect(submitted(requestId)).toHaveLength(1);
    await second.stop();
    expect(await drill.findings()).toEqual([]);
  });
});

import type { Clock } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from './service.ts';
import { createOf, inHours, inMs } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

const HOUR_MS = 3_600_000;

let world: World;
let kent: Org;
let essex: Org;
let surrey: Org;
let npocc: Org;

beforeAll(async () => {
  world = await startWorld();
  kent = await world.as('kent');
  essex = await world.as('essex');
  surrey = await world.as('surrey');
  npocc = await world.as('npocc');
});

afterAll(() => world[Symbol.asyncDispose]());

const ahead = (hours: number): Clock => ({ now: () => Date.now() + hours * HOUR_MS });
const national = { role: 'national-centre', id: 'npocc-duty-desk' } as const;
const show = (org: Org, requestId: string) => org.answer('request-show', { host: 'kent', requestId });

/** A local request for two units of Surrey's and Essex's kind, asked of nobody who has them. */
const local = (commandId: string, over: Parameters<typeof createOf>[2] = {}) =>
  createOf(commandId, ['durham'], { tier: 1, escalation: 'automatic', ...over });

describe('a request that nobody answers', () => {
  it('goes up the tiers by its timers, each of them passed while every broker was down', async () => {
    const first = await world.replica();
    await world.advertise('essex', 'near', { expiresAt: inHours(24) });
    await world.advertise('surrey', 'far', { expiresAt: inHours(24) });
    await kent.stored('request-create', local('up-1'));
    await first.stop();

    const second: Broker = await world.replica(ahead(1.1));
    const regional = await eventually(async () => {
      const seen = await show(kent, 'up-1');
      return seen.tier === 2 ? seen : undefined;
    });
    expect(regional.answers.map(({ force, answer }) => [force, answer])).toEqual([
      ['durham', 'expired'],
      ['essex', 'waiting'],
    ]);
    await essex.stored('request-acknowledge', {
      commandId: 'ack-1',
      actor: { role: 'adapter', id: 'force-adapter' },
      ...{ host: 'kent', requestId: 'up-1', receivedAt: inMs(0) },
    });
    expect((await show(kent, 'up-1')).answers[1]?.acknowledgedAt).toBeDefined();
    await second.stop();

    const third = await world.replica(ahead(3.5));
    const asked = await eventually(async () => (await show(npocc, 'up-1')).escalationAsked);
    expect(asked).toMatchObject({ toTier: 3, isOverdue: false });
    await third.stop();

    const fourth = await world.replica(ahead(4.2));
    await eventually(async () => (await show(npocc, 'up-1')).escalationAsked?.isOverdue);
    const accept = { ...{ host: 'kent', requestId: 'up-1' }, actor: national };
    expect(await surrey.refused('escalation-accept', { ...accept, commandId: 'ok-0' })).toMatchObject({
      refused: 'not-permitted',
    });
    await npocc.stored('escalation-accept', { ...accept, commandId: 'ok-1' });
    expect(await show(surrey, 'up-1')).toMatchObject({ tier: 3, answers: [{ answer: 'waiting' }] });
    await fourth.stop();

    await world.replica(ahead(6));
    const unfilled = await eventually(async () => {
      const seen = await show(kent, 'up-1');
      return seen.status === 'unfilled' ? seen : undefined;
    });
    expect(unfilled.unfilled).toMatchObject([{ lineId: 'a', missing: 1, isAcknowledged: false }]);
    await kent.stored('unfilled-acknowledge', {
      ...{ commandId: 'seen-1', actor: { role: 'approver', id: 'silver' } },
      ...{ host: 'kent', requestId: 'up-1', lineId: 'a', note: 'own people stay on' },
    });
    expect((await show(kent, 'up-1')).unfilled).toMatchObject([{ isAcknowledged: true }]);
  });
});

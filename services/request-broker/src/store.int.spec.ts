import { resetExercise } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Broker } from './service.ts';
import { acceptOf, createOf, offerOf } from './testing/samples.ts';
import { ORGS, type Org, startWorld, type World } from './testing/world.ts';

const LEDGER = 'ASSISTANCE_EXERCISE';
const forces = ORGS.filter((org) => ['kent', 'essex', 'surrey'].includes(org));

let world: World;
let broker: Broker;
let kent: Org;
let essex: Org;

beforeEach(async () => {
  world = await startWorld('exercise');
  broker = await world.replica();
  kent = await world.as('kent');
  essex = await world.as('essex');
});

afterEach(() => world[Symbol.asyncDispose]());

describe('a store that has lost records', () => {
  it('stops the allocation of the capability concerned, and of no other', async () => {
    for (const unit of ['lost', 'sound']) {
      await world.advertise('essex', unit);
      await kent.stored('request-create', createOf(`${unit}-1`, ['essex']));
      await essex.stored('offer-make', offerOf(`${unit}-offer`, 'kent', `${unit}-1`, unit));
    }
    await world.muster.admin.jsm.streams.purge(LEDGER, { filter: 'exercise.booking.essex.lost' });

    const refusal = await kent.refused('offer-accept', acceptOf('lost-accept', 'lost-1', 'lost-offer'));
    expect(refusal).toMatchObject({ refused: 'integrity' });
    expect(refusal.because).toContain('the ledger has lost records of the bookings of essex/lost');
    expect(broker.health().integrity).toMatchObject([{ aggregate: 'booking.essex.lost', reported: 0 }]);
    const again = await kent.refused('offer-accept', acceptOf('lost-accept-2', 'lost-1', 'lost-offer'));
    expect(again.refused).toBe('integrity');
    await kent.stored('offer-accept', acceptOf('sound-accept', 'sound-1', 'sound-offer'));
  });
});

describe('an exercise that is reset', () => {
  it('begins anew under another epoch, with nothing of what was before', async () => {
    await world.advertise('essex', 'before');
    await kent.stored('request-create', createOf('before-1', ['essex']));
    const { epoch } = await kent.answer('events', { afterSeq: 0 });

    const reset = await resetExercise(world.muster.admin, { forces });
    await eventually(() => broker.health().epoch === reset.epoch && broker.health().ready === true, {
      deadlineMs: 20_000,
      what: 'the broker has begun anew',
    });
    expect(reset.epoch).not.toBe(epoch);
    expect((await kent.answer('request-list', {})).items).toEqual([]);
    await world.advertise('essex', 'before');
    expect(await kent.stored('request-create', createOf('before-1', ['essex']))).toMatchObject({
      repeated: false,
    });
    expect(broker.health()).toMatchObject({ integrity: [] });
  });
});

describe('a server that is gone for a while', () => {
  it('leaves no command with two results or half a result', async () => {
    const bodies = Array.from({ length: 30 }, (_, n) => createOf(`gone-${n}`, ['essex', 'surrey']));
    const send = (body: (typeof bodies)[number]) =>
      kent.caller.command(world.mode, 'kent', 'request-create', body, { deadlineMs: 2_000 });
    const first = bodies.map(send);
    await Promise.race(first);
    await world.muster.broker.kill9();
    const before = await Promise.all(first);
    await world.muster.broker.start();

    const results = await Promise.all(
      bodies.map((body) =>
        eventually(
          async () => {
            const outcome = await send(body);
            return outcome.kind === 'stored' ? outcome.reply : undefined;
          },
          { deadlineMs: 20_000, everyMs: 100, what: `${body.commandId} has a result` },
        ),
      ),
    );
    for (const [n, outcome] of before.entries()) {
      if (outcome.kind === 'stored') expect(results[n]?.events).toEqual(outcome.reply.events);
    }
    const { items } = await kent.answer('request-list', { limit: 1_000 });
    expect(items.map(({ requestId }) => requestId).sort()).toEqual(
      bodies.map((body) => body.commandId).sort(),
    );
    const events = await kent.answer('events', { afterSeq: 0, limit: 1_000 });
    const ids = events.events.map(({ envelope }) => envelope.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(results.reduce((sum, result) => sum + result.events.length, 0));
  }, 60_000);
});

import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeDesk } from './testing/home.ts';
import { type BrokerProcess, spawnBroker } from './testing/process.ts';
import { acceptOf, createOf, inMs, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

let world: World;
let kent: Org;
let essex: Org;
let serial = 0;
/** A name of its own for every test. */
let name = '';

beforeAll(async () => {
  world = await startWorld('exercise');
  kent = await world.as('kent');
  essex = await world.as('essex');
});

afterAll(() => world[Symbol.asyncDispose]());

beforeEach(() => {
  serial += 1;
  name = `p${serial}`;
});

const start = (env?: Record<string, string>): Promise<BrokerProcess> =>
  spawnBroker(world.muster, world.mode, env);

const show = (requestId: string) => kent.answer('request-show', { host: 'kent', requestId });

/** A request with one firm offer on it. */
const prepare = async (over: Parameters<typeof createOf>[2] = {}): Promise<void> => {
  await world.advertise('essex', name);
  await kent.stored('request-create', createOf(`${name}-r`, ['essex'], over));
  await essex.stored('offer-make', offerOf(`${name}-o`, 'kent', `${name}-r`, name));
};

const accept = () => kent.stored('offer-accept', acceptOf(`${name}-a`, `${name}-r`, `${name}-o`));

const eventsOf = async (requestId: string): Promise<string[]> => {
  const { events } = await kent.answer('events', { afterSeq: 0, requestId, limit: 1_000 });
  return events.map(({ envelope }) => envelope.type);
};

describe('a broker that is killed', () => {
  it('goes on exactly where it was', async () => {
    await using first = await start();
    await prepare();
    const stored = await accept();
    const before = await show(`${name}-r`);
    await first.end('SIGKILL');
    await using second = await start();
    expect(await show(`${name}-r`)).toEqual(before);
    expect(await accept()).toEqual({ ...stored, repeated: true });
    expect(await second.health()).toMatchObject({ ready: true, integrity: [], streamAlarms: [], skipped: 0 });
  });

  it('between reservation and answer, has the result for the next try', async () => {
    await using doomed = await start({ MUSTER_FAULT: 'after-reserve-before-answer' });
    await prepare();
    const body = acceptOf(`${name}-a`, `${name}-r`, `${name}-o`);
    const lost = await kent.caller.command(world.mode, 'kent', 'offer-accept', body, { deadlineMs: 500 });
    expect(lost.kind).toBe('unknown');
    expect(await doomed.ended()).toBe(137);
    await using healthy = await start();
    expect(await accept()).toMatchObject({ repeated: true });
    expect((await show(`${name}-r`)).lines[0]).toMatchObject({ reserved: 1 });
    expect((await healthy.health()).ready).toBe(true);
  });

  it('between home event and append, commits once when it is back', async () => {
    await using doomed = await start({ MUSTER_FAULT: 'between-home-event-and-append' });
    await prepare();
    await accept();
    await homeDesk(essex, world.mode, 'essex', name).read();
    expect(await doomed.ended()).toBe(137);
    await using _healthy = await start();
    await eventually(async () => (await show(`${name}-r`)).lines[0]?.committed === 1, { deadlineMs: 60_000 });
    const made = (await eventsOf(`${name}-r`)).filter((type) => type === 'muster.commitment.made.v1');
    expect(made).toHaveLength(1);
  }, 90_000);

  it('between append and arming, still keeps the deadline', async () => {
    await using doomed = await start({ MUSTER_FAULT: 'between-append-and-arm' });
    await kent.caller.command(
      world.mode,
      'kent',
      'request-create',
      createOf(`${name}-r`, ['essex'], { answerBy: inMs(1_500) }),
      { deadlineMs: 500 },
    );
    expect(await doomed.ended()).toBe(137);
    await using _healthy = await start();
    await eventually(async () => (await show(`${name}-r`)).answers[0]?.answer === 'expired', {
      deadlineMs: 20_000,
    });
  });
});

describe('a broker that is told to stop', () => {
  it('answers what it has begun, takes nothing new and ends with 0', async () => {
    await using broker = await start();
    const sent = Array.from({ length: 40 }, (_, n) =>
      kent.caller.command(world.mode, 'kent', 'request-create', createOf(`${name}-${n}`, ['essex'])),
    );
    await Promise.race(sent);
    const code = broker.end('SIGTERM');
    const outcomes = await Promise.all(sent);
    expect(await code).toBe(0);
    expect(outcomes.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    const late = await kent.caller.command(
      world.mode,
      'kent',
      'request-create',
      createOf(`${name}-x`, ['essex']),
    );
    expect(late.kind).toBe('no-service');
  });
});

describe('a broker that cannot start', () => {
  it('says in one message what is wrong with its environment', async () => {
    await using broker = await start({ MUSTER_MODE: 'actual', MUSTER_UNSAFE_NO_CAS: '1' });
    expect(await broker.ended()).toBe(1);
    expect(broker.output()).toMatch(/MUSTER_UNSAFE_NO_CAS.*actual mode/);
  });

  it('says which key is missing', async () => {
    await using broker = await start({ MUSTER_KEYS_DIR: '/nowhere' });
    expect(await broker.ended()).toBe(1);
    expect(broker.output()).toMatch(/hub-broker/);
  });
});

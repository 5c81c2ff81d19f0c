import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOf, inMs } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';
import { fetchFrom } from './views/stream.ts';

/** How far this broker's clock is behind that of the server, in milliseconds. */
const BEHIND_MS = 1_200;

let world: World;
let kent: Org;

beforeAll(async () => {
  world = await startWorld();
  await world.replica({ now: () => Date.now() - BEHIND_MS });
  kent = await world.as('kent');
});

afterAll(() => world[Symbol.asyncDispose]());

it('a timer that comes early by the broker’s clock is armed again and decided in time', async () => {
  const answerBy = inMs(100);
  await kent.stored('request-create', createOf('early-1', ['essex'], { answerBy }));
  const expired = await eventually(async () => {
    const { events } = await kent.answer('events', { afterSeq: 0, requestId: 'early-1' });
    return events.find(({ envelope }) => envelope.type === 'muster.request.answer_time_expired.v1');
  });
  expect(expired.envelope.time >= answerBy).toBe(true);
});

it('an event that is not in memory any more is read from the stream, the same', async () => {
  await kent.stored('request-create', createOf('old-1', ['essex']));
  const { events } = await kent.answer('events', { afterSeq: 0, requestId: 'old-1' });
  const fetch = fetchFrom(world.muster.admin, 'ASSISTANCE_ACTUAL');
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) expect(await fetch(event.seq)).toEqual(event);
});

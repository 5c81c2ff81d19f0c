import { streamName } from '@muster/contracts';
import { adapterDurable, BROKER_ARM, BROKER_DUE, BROKER_HOME, durableDefinitions } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { nanos } from '@nats-io/nats-core';
import type { World } from '../world/world.ts';

/** Longest time for which news is held, in milliseconds; every test releases it long before. */
const HELD_MS = 3_600_000;
/** Longest wait for a durable to be at rest, in milliseconds. */
const REST_MS = 30_000;

/** Where news flows: to the brokers from the home ledgers, to their timers, to a force. */
export type Flow = { stream: string; durable: string };

export const toBrokers = (world: World): Flow => ({
  stream: streamName('HOME', world.mode),
  durable: BROKER_HOME,
});
export const toTimers = (world: World): Flow => ({
  stream: streamName('ASSISTANCE', world.mode),
  durable: BROKER_ARM,
});
export const fromTimers = (world: World): Flow => ({
  stream: streamName('TIMERS', world.mode),
  durable: BROKER_DUE,
});
export const toForce = (world: World, force: string): Flow => ({
  stream: streamName('ASSISTANCE', world.mode),
  durable: adapterDurable(force),
});

export type Held = AsyncDisposable & { release(): Promise<void> };

/** Keeps the news back: it is stored, but nobody hears of it until it is released. */
export const hold = async (world: World, { stream, durable }: Flow): Promise<Held> => {
  const { consumers } = world.admin.jsm;
  await consumers.pause(stream, durable, new Date(Date.now() + HELD_MS));
  const release = async (): Promise<void> => {
    await consumers.resume(stream, durable);
  };
  return { release, [Symbol.asyncDispose]: release };
};

/** Waits until everything that flows there has been heard and settled. */
export const untilSettled = async (world: World, { stream, durable }: Flow): Promise<void> => {
  await eventually(
    async () => {
      const info = await world.admin.jsm.consumers.info(stream, durable);
      return info.num_pending === 0 && info.num_ack_pending === 0;
    },
    { deadlineMs: REST_MS, everyMs: 20, what: `${durable} is at rest` },
  );
};

/** Lets what a dead reader held come again this soon, and not only after the usual 30 s. */
export const comeAgainAfter = async (world: World, { stream, durable }: Flow, ms: number): Promise<void> => {
  await world.admin.jsm.consumers.update(stream, durable, { ack_wait: nanos(ms) });
};

/** Tells everything that ever flowed there once more, from the beginning. */
export const retell = async (world: World, { stream, durable }: Flow): Promise<void> => {
  const known = durableDefinitions({ modes: [world.mode] });
  const definition = known.find((each) => each.stream === stream && each.name === durable);
  if (!definition) throw new Error(`${stream} has no durable ${durable}`);
  await world.admin.jsm.consumers.delete(stream, durable);
  await world.admin.jsm.consumers.add(stream, definition.config);
};

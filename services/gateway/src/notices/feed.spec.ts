import { expect, test } from 'vitest';
import { READER_BACKLOG_BYTES_MAX } from '../limits.ts';
import type { Duty } from '../session/person.ts';
import type { Reader } from '../stream/hub.ts';
import type { Row } from '../views/filter.ts';
import { createFeed, noticesFrame } from './feed.ts';
import type { Notices } from './notices.ts';

const duty: Duty = { org: 'kent', post: 'duty-desk', roles: ['requester'] };
const row: Row = { seq: 1, type: 'x', parties: { host: 'kent' }, requestId: 'r', codes: [] };

const some = (leftOut: number): Notices => ({ notices: [], leftOut });

const reader = () => {
  const state = { got: [] as string[], waiting: 0, gone: '' };
  const one: Reader = {
    send: (bytes) => void state.got.push(bytes.toString()),
    waiting: () => state.waiting,
    letGo: (because) => {
      state.gone = because;
    },
  };
  return { state, one };
};

const feedOf = () => {
  const world = { notices: some(0), reads: 0, due: [] as (() => void)[] };
  const feed = createFeed({
    read: () => {
      world.reads += 1;
      return world.notices;
    },
    concerns: (org, { parties }) => parties.host === org,
    later: (call) => void world.due.push(call),
    now: () => 0,
  });
  const pass = (): void => {
    while (world.due.length > 0) for (const call of world.due.splice(0)) call();
  };
  return { world, feed, pass };
};

test('whoever comes is told all that waits, and again only once it has changed', () => {
  const { world, feed, pass } = feedOf();
  const kent = reader();
  feed.join(duty, kent.one);
  expect(kent.state.got).toEqual([noticesFrame(some(0))]);
  feed.changed(row);
  pass();
  expect(kent.state.got).toHaveLength(1);
  world.notices = some(1);
  feed.look();
  pass();
  expect(kent.state.got).toEqual([noticesFrame(some(0)), noticesFrame(some(1))]);
});

test('many events that come together are looked at once, for all with the same duty', () => {
  const { world, feed, pass } = feedOf();
  const readers = Array.from({ length: 10 }, reader);
  for (const { one } of readers) feed.join(duty, one);
  const before = world.reads;
  world.notices = some(1);
  for (let n = 0; n < 100; n += 1) feed.changed(row);
  pass();
  expect(world.reads - before).toBe(1);
  expect(readers.every(({ state }) => state.got.at(-1) === noticesFrame(some(1)))).toBe(true);
});

test('an event of others is not looked at', () => {
  const { world, feed, pass } = feedOf();
  feed.join(duty, reader().one);
  const before = world.reads;
  feed.changed({ ...row, parties: { host: 'essex' } });
  pass();
  expect(world.reads).toBe(before);
});

test('who comes later is told what there is by then, and the others with it', () => {
  const { world, feed } = feedOf();
  const early = reader();
  const late = reader();
  feed.join(duty, early.one);
  world.notices = some(2);
  feed.join(duty, late.one);
  expect(late.state.got).toEqual([noticesFrame(some(2))]);
  expect(early.state.got.at(-1)).toBe(noticesFrame(some(2)));
});

test('who is too slow is let go, and who has left is told nothing', () => {
  const { world, feed, pass } = feedOf();
  const slow = reader();
  const gone = reader();
  feed.join(duty, slow.one);
  feed.join(duty, gone.one)();
  slow.state.waiting = READER_BACKLOG_BYTES_MAX + 1;
  world.notices = some(1);
  feed.look();
  pass();
  expect(slow.state.gone).toContain('too slow');
  expect(gone.state.got).toHaveLength(1);
});

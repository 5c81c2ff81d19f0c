import { expect, test } from 'vitest';
import { READER_BACKLOG_BYTES_MAX } from '../limits.ts';
import type { Row } from '../views/filter.ts';
import { createHub, type Reader } from './hub.ts';

const rowOf = (seq: number, host = 'kent'): Row => ({
  seq,
  type: 'muster.request.closed.v1',
  parties: { host },
  requestId: 'r',
  codes: [],
});

const timed = () => {
  const clock = { at: 1_000 };
  const due: { call: () => void; at: number }[] = [];
  const hub = createHub(
    (call, ms) => due.push({ call, at: clock.at + ms }),
    () => clock.at,
  );
  const pass = (ms: number): void => {
    clock.at += ms;
    for (const one of due.splice(0)) one.call();
  };
  return { hub, pass };
};

const reader = () => {
  const state = { got: '', waiting: 0, gone: '' };
  const one: Reader = {
    send: (bytes) => {
      state.got += bytes.toString();
    },
    waiting: () => state.waiting,
    letGo: (because) => {
      state.gone = because;
    },
  };
  return { state, one };
};

test('an event goes at once to whom it is for, and to nobody else', () => {
  const { hub } = timed();
  const kent = reader();
  const essex = reader();
  hub.join('kent', {}, kent.one);
  hub.join('essex', {}, essex.one);
  hub.publish(rowOf(1), 'one ');
  expect([kent.state.got, essex.state.got]).toEqual(['one ', '']);
});

test('with many readers what comes close together goes out together, in order', () => {
  const { hub, pass } = timed();
  const all = Array.from({ length: 1_000 }, reader);
  for (const { one } of all) hub.join('kent', {}, one);
  hub.publish(rowOf(1), 'one ');
  hub.publish(rowOf(2), 'two ');
  hub.publish(rowOf(3), 'three ');
  expect(all[0]?.state.got).toBe('one ');
  pass(25);
  expect(all.every(({ state }) => state.got === 'one two three ')).toBe(true);
});

test('the longer sending takes, the more goes out together, within a limit', () => {
  const clock = { at: 1_000 };
  const due: { call: () => void; ms: number }[] = [];
  const hub = createHub(
    (call, ms) => due.push({ call, ms }),
    () => clock.at,
  );
  const { state, one } = reader();
  let costMs = 10;
  const send: Reader['send'] = (bytes) => {
    one.send(bytes);
    clock.at += costMs;
  };
  hub.join('kent', {}, { ...one, send });
  hub.publish(rowOf(1), 'one ');
  hub.publish(rowOf(2), 'two ');
  expect([state.got, due.map(({ ms }) => ms)]).toEqual(['one ', [30]]);
  clock.at += 30;
  costMs = 500;
  due[0]?.call();
  hub.publish(rowOf(3), 'three ');
  expect([state.got, due.map(({ ms }) => ms)]).toEqual(['one two ', [30, 100]]);
});

test('who joins while something waits does not get it twice', () => {
  const { hub, pass } = timed();
  const all = Array.from({ length: 1_000 }, reader);
  for (const { one } of all) hub.join('kent', {}, one);
  hub.publish(rowOf(1), 'one ');
  hub.publish(rowOf(2), 'two ');
  const late = reader();
  hub.join('kent', {}, late.one);
  hub.publish(rowOf(3), 'three ');
  pass(25);
  expect(late.state.got).toBe('three ');
  expect(all[0]?.state.got).toBe('one two three ');
});

test('a reader who is too slow is let go once, and the others are not', () => {
  const { hub } = timed();
  const slow = reader();
  const good = reader();
  const leave = hub.join('kent', {}, slow.one);
  hub.join('kent', {}, good.one);
  slow.state.waiting = READER_BACKLOG_BYTES_MAX + 1;
  hub.publish(rowOf(1), 'one ');
  expect(slow.state).toMatchObject({ got: '', gone: expect.stringContaining('too slow') });
  expect(good.state).toMatchObject({ got: 'one ', gone: '' });
  expect([hub.letGo(), hub.readers()]).toEqual([1, 1]);
  slow.state.gone = '';
  hub.publish(rowOf(2), 'two ');
  leave();
  expect([slow.state.gone, hub.letGo(), hub.readers()]).toEqual(['', 1, 1]);
});

test('who leaves is not counted and gets nothing more', () => {
  const { hub } = timed();
  const one = reader();
  const leave = hub.join('kent', {}, one.one);
  leave();
  leave();
  hub.publish(rowOf(1), 'one ');
  expect([one.state.got, hub.readers()]).toEqual(['', 0]);
});

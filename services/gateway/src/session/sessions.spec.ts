import { expect, test } from 'vitest';
import { SESSION_IDLE_MS, SESSION_MS_MAX, SESSIONS_MAX } from '../limits.ts';
import { personOf } from './person.ts';
import { createSessions, isSameSecret } from './sessions.ts';

const person = {
  id: 'p',
  name: 'P',
  duties: [{ org: 'kent', post: 'duty-desk', roles: ['requester' as const] }],
};

const clocked = () => {
  const clock = { at: 1_000, now: () => clock.at };
  return { clock, sessions: createSessions(clock) };
};

test('a session is found by its id and by nothing else', () => {
  const { sessions } = clocked();
  const { id, session } = sessions.begin(person);
  expect(sessions.find(id)).toBe(session);
  expect(sessions.find(`${id}x`)).toBeUndefined();
  expect(sessions.find(undefined)).toBeUndefined();
  expect(sessions.begin(person).id).not.toBe(id);
});

test('it ends when it is not used, and in any case after a duty', () => {
  const { clock, sessions } = clocked();
  const idle = sessions.begin(person);
  clock.at += SESSION_IDLE_MS;
  expect(sessions.find(idle.id)).toBeUndefined();
  expect(idle.session.ended.aborted).toBe(true);

  const busy = sessions.begin(person);
  const until = clock.at + SESSION_MS_MAX;
  for (; clock.at < until; clock.at += SESSION_IDLE_MS / 2) expect(sessions.find(busy.id)).toBeDefined();
  expect(sessions.find(busy.id)).toBeUndefined();
});

test('signing out ends it and tells its streams', () => {
  const { sessions } = clocked();
  const { id, session } = sessions.begin(person);
  sessions.end(id);
  expect(sessions.find(id)).toBeUndefined();
  expect(session.ended.aborted).toBe(true);
});

test('a sweep ends what nobody asks for any more', () => {
  const { clock, sessions } = clocked();
  const { session } = sessions.begin(person);
  clock.at += SESSION_IDLE_MS;
  sessions.sweep();
  expect(session.ended.aborted).toBe(true);
  expect(sessions.size()).toBe(0);
});

test('beyond the limit the least recently used session ends', () => {
  const { sessions } = clocked();
  const first = sessions.begin(person);
  const second = sessions.begin(person);
  for (let n = 2; n < SESSIONS_MAX; n += 1) sessions.begin(person);
  sessions.find(first.id);
  sessions.begin(person);
  expect(sessions.find(second.id)).toBeUndefined();
  expect(sessions.find(first.id)).toBeDefined();
});

test('secrets are compared whole', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true);
  for (const wrong of ['ab', 'abd', 'abcd', '', undefined]) expect(isSameSecret(wrong, 'abc')).toBe(false);
});

test('claims without a duty that the mesh knows make nobody', () => {
  const duties = [{ org: 'kent', post: 'duty-desk', roles: ['requester'] }];
  expect(personOf({ sub: 's', name: 'N', muster_duties: duties })).toEqual({ id: 's', name: 'N', duties });
  expect(personOf({ sub: 's', name: 'N' })).toBeUndefined();
  expect(personOf({ sub: 's', muster_duties: [] })).toBeUndefined();
  for (const bad of [{ org: 'nowhere' }, { roles: ['broker'] }, { roles: ['adapter'] }, { post: 'kent.>' }]) {
    expect(personOf({ sub: 's', muster_duties: [{ ...duties[0], ...bad }] })).toBeUndefined();
  }
});

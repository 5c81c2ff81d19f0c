import { expect, it } from 'vitest';
import { givenBroker } from './given.ts';

const NATS_URL = 'nats://hub:4222';

it('is none where the environment names none', () => {
  expect(givenBroker({}, true)).toBeUndefined();
  expect(givenBroker({ NATS_URL: '', MUSTER_KEYS_DIR: '/keys' }, false)).toBeUndefined();
});

it('is the one named, with its keys', () => {
  expect(givenBroker({ NATS_URL, MUSTER_KEYS_DIR: '/keys' }, false)).toEqual({
    url: NATS_URL,
    keysDir: '/keys',
  });
});

it.each([
  ['without its keys', { NATS_URL }, false, 'MUSTER_KEYS_DIR'],
  ['to begin again on', { NATS_URL, MUSTER_KEYS_DIR: '/keys' }, true, '--fresh'],
])('is refused %s', (_case, env, fresh, said) => {
  expect(() => givenBroker(env, fresh)).toThrow(said);
});

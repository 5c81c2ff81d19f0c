import { createAccount, createUser, fromPublic } from '@nats-io/nkeys';
import { expect, it } from 'vitest';
import { newSeed, nkeyOf } from './nkey.ts';

const ROUNDS = 20;

it('derives and signs as the library does', () => {
  for (let n = 0; n < ROUNDS; n++) {
    const pair = createUser();
    const ours = nkeyOf(new TextDecoder().decode(pair.getSeed()));
    const challenge = new TextEncoder().encode(`challenge ${n}`);
    expect(ours.publicKey).toBe(pair.getPublicKey());
    expect(fromPublic(ours.publicKey).verify(challenge, ours.sign(challenge))).toBe(true);
  }
});

it('makes a different seed every time', () => {
  expect(new Set(Array.from({ length: ROUNDS }, newSeed)).size).toBe(ROUNDS);
});

it.each([
  ['nothing', ''],
  ['a public key', createUser().getPublicKey()],
  ['the seed of an account', new TextDecoder().decode(createAccount().getSeed())],
  ['a damaged seed', `${newSeed().slice(0, -4)}AAAA`],
])('refuses %s', (_, text) => {
  expect(() => nkeyOf(text)).toThrow();
});

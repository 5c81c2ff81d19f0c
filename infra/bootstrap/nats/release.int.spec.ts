import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NATS_PIN } from '../pins.mjs';
import { startModule } from '../testing/child.ts';
import { pathWith, settingIn, tempFolder } from '../testing/kit.ts';
import {
  type Answer,
  ARCHIVE_NAME,
  checksums,
  releaseArchive,
  releaseServer,
} from '../testing/release-server.ts';
import { findServer } from './find.mjs';
import { fromRelease } from './release.mjs';

const WAYS = [{ name: 'official release archive', way: fromRelease }];

/** Looks for a server with nothing but that release to find. */
async function findFrom(folder: string, files: Record<string, Answer>) {
  await using server = await releaseServer(files);
  const { setting } = settingIn(folder, { MUSTER_NATS_RELEASE_BASE: server.base });
  const outcome = await findServer(setting, WAYS);
  const kept = existsSync(`${setting.cache}/nats-server-linux-x64`);
  return { outcome, asked: server.asked, kept, base: server.base };
}

test('a good archive is checked, unpacked and kept', async () => {
  using temp = tempFolder();
  const archive = releaseArchive(temp.folder, NATS_PIN);
  const { outcome } = await findFrom(temp.folder, {
    SHA256SUMS: checksums(archive),
    [ARCHIVE_NAME]: archive,
  });
  expect(outcome).toEqual({
    kind: 'found',
    bin: temp.at('cache/nats-server-linux-x64/bin/nats-server'),
    version: NATS_PIN,
    via: 'cache (official release archive)',
  });
});

test('redirects are followed', async () => {
  using temp = tempFolder();
  const archive = releaseArchive(temp.folder, NATS_PIN);
  await using elsewhere = await releaseServer({ [ARCHIVE_NAME]: archive });
  const { outcome } = await findFrom(temp.folder, {
    SHA256SUMS: checksums(archive),
    [ARCHIVE_NAME]: (response) =>
      response.writeHead(302, { location: `${elsewhere.base}/v${NATS_PIN}/${ARCHIVE_NAME}` }).end(),
  });
  expect(outcome).toMatchObject({ kind: 'found' });
});

test('an archive with another checksum is refused: found, needed, what to do', async () => {
  using temp = tempFolder();
  const archive = releaseArchive(temp.folder, NATS_PIN);
  const wrong = Buffer.concat([archive, Buffer.from('x')]);
  const { outcome, kept, base } = await findFrom(temp.folder, {
    SHA256SUMS: checksums(archive),
    [ARCHIVE_NAME]: wrong,
  });
  const sumOf = (bytes: Buffer) => checksums(bytes).split('\n')[1]?.slice(0, 64);
  expect(outcome).toEqual({
    kind: 'refused',
    found: `${base}/v${NATS_PIN}/${ARCHIVE_NAME}\nhas the SHA-256 ${sumOf(wrong)} (${wrong.length} bytes)`,
    needed: `the SHA-256 ${sumOf(archive)} of the SHA256SUMS beside it`,
    remedy: expect.stringContaining('do not use that file'),
  });
  expect(kept).toBe(false);
});

test('an archive that ends early is asked for again, then refused', async () => {
  using temp = tempFolder();
  const archive = releaseArchive(temp.folder, NATS_PIN);
  const half = archive.subarray(0, archive.length / 2);
  const { outcome, asked, kept } = await findFrom(temp.folder, {
    SHA256SUMS: checksums(archive),
    [ARCHIVE_NAME]: (response) => {
      response.writeHead(200, { 'content-length': archive.length });
      response.write(half, () => response.destroy());
    },
  });
  expect(outcome).toMatchObject({
    kind: 'refused',
    found: expect.stringContaining(`ended after ${half.length} of ${archive.length} bytes, 2 times`),
    needed: 'the whole archive',
    remedy: expect.stringContaining('run again'),
  });
  expect(asked.filter((name) => name === ARCHIVE_NAME)).toHaveLength(2);
  expect(kept).toBe(false);
});

test('an archive that was cut before it was served has the wrong checksum', async () => {
  using temp = tempFolder();
  const archive = releaseArchive(temp.folder, NATS_PIN);
  const { outcome } = await findFrom(temp.folder, {
    SHA256SUMS: checksums(archive),
    [ARCHIVE_NAME]: archive.subarray(0, archive.length / 2),
  });
  expect(outcome).toMatchObject({ kind: 'refused', found: expect.stringContaining('has the SHA-256') });
});

test.each<[string, (archive: Buffer) => Record<string, Answer>, string]>([
  ['no release', () => ({}), 'SHA256SUMS answered 404'],
  ['no archive', (archive) => ({ SHA256SUMS: checksums(archive) }), `${ARCHIVE_NAME} answered 404`],
  [
    'no checksum for the archive',
    (archive) => ({ SHA256SUMS: checksums(archive, 'other.tar.gz'), [ARCHIVE_NAME]: archive }),
    `SHA256SUMS has no checksum for ${ARCHIVE_NAME}`,
  ],
  [
    'the right checksum of what is no archive',
    () => ({ SHA256SUMS: checksums(Buffer.from('no archive')), [ARCHIVE_NAME]: 'no archive' }),
    'tar ended with code',
  ],
  [
    'an endless checksum file',
    () => ({ SHA256SUMS: Buffer.alloc(1_000_000, 'a') }),
    'it is larger than the 262144 bytes that we take',
  ],
  [
    'a checksum file that arrives in part',
    (archive) => ({
      SHA256SUMS: (response) => {
        const whole = checksums(archive);
        response.writeHead(200, { 'content-length': whole.length });
        response.write(whole.slice(0, -10), () => response.destroy());
      },
      [ARCHIVE_NAME]: archive,
    }),
    'SHA256SUMS arrived in part only',
  ],
  [
    'a checksum file that was cut before it was served',
    (archive) => ({ SHA256SUMS: checksums(archive).slice(0, 150), [ARCHIVE_NAME]: archive }),
    `SHA256SUMS has no checksum for ${ARCHIVE_NAME}`,
  ],
  [
    'a page instead of the checksums',
    () => ({ SHA256SUMS: '<html>Sign in to the guest network</html>' }),
    'has no checksum for',
  ],
])('with %s the place is passed over', async (_case, files, because) => {
  using temp = tempFolder();
  const { outcome, kept } = await findFrom(temp.folder, files(releaseArchive(temp.folder, NATS_PIN)));
  expect(outcome).toMatchObject({
    kind: 'refused',
    found: expect.stringContaining('official release archive: '),
  });
  expect(outcome).toMatchObject({ found: expect.stringContaining(because) });
  expect(kept).toBe(false);
});

test('with no server to ask, the place is passed over with the reason', async () => {
  using temp = tempFolder();
  const gone = await releaseServer({});
  await gone[Symbol.asyncDispose]();
  const { setting } = settingIn(temp.folder, { MUSTER_NATS_RELEASE_BASE: gone.base });
  expect(await fromRelease(setting, temp.folder)).toMatchObject({
    kind: 'passed',
    because: expect.stringContaining('ECONNREFUSED'),
  });
});

test('on a machine that releases are not unpacked for, the place is passed over', async () => {
  const { setting } = settingIn('/nowhere');
  setting.platform = 'win32';
  expect(await fromRelease(setting, '/nowhere')).toMatchObject({
    kind: 'passed',
    because: expect.stringContaining('Linux and macOS only, not win32 x64'),
  });
});

test('several processes at once download once and share the result', async () => {
  using temp = tempFolder();
  const archive = releaseArchive(temp.folder, NATS_PIN);
  const held = Promise.withResolvers<void>();
  await using server = await releaseServer({
    SHA256SUMS: checksums(archive),
    [ARCHIVE_NAME]: (response) => void held.promise.then(() => response.end(archive)),
  });
  const code = `
    import { findServer } from ${JSON.stringify(import.meta.resolve('./find.mjs'))};
    import { fromRelease } from ${JSON.stringify(import.meta.resolve('./release.mjs'))};
    import { sayTo } from ${JSON.stringify(import.meta.resolve('../say.mjs'))};
    const say = sayTo((text) => process.stderr.write(text));
    const setting = { root: '', cache: ${JSON.stringify(temp.at('cache'))}, env: process.env, platform: 'linux', arch: 'x64', say };
    console.log('looking');
    const found = await findServer(setting, [{ name: 'release', way: fromRelease }]);
    console.log('got ' + found.kind + ' ' + found.bin);
  `;
  const env = { MUSTER_NATS_RELEASE_BASE: server.base, PATH: pathWith(), NATS_SERVER_BIN: '' };
  await using one = startModule(code, env);
  await using two = startModule(code, env);
  await using three = startModule(code, env);
  const all = [one, two, three];
  await Promise.all(all.map((child) => child.said('looking')));
  held.resolve();
  await Promise.all(all.map((child) => child.ended));
  for (const child of all) {
    expect(child.stdout()).toContain(`got found ${temp.at('cache/nats-server-linux-x64/bin/nats-server')}`);
  }
  expect(server.asked).toEqual(['SHA256SUMS', ARCHIVE_NAME]);
});

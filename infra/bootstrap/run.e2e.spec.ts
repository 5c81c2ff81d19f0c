import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { start } from './testing/child.ts';
import { fakeNpm } from './testing/fake-npm.ts';
import { fakeServer, pathWith, script, tempFolder, until } from './testing/kit.ts';

/** A repository of its own with our bootstrap in it, a fake npm, and a fake nats-server on PATH. */
function repository() {
  const temp = tempFolder();
  cpSync(import.meta.dirname, temp.at('infra/bootstrap'), {
    recursive: true,
    filter: (source) => !source.endsWith('.ts') && !source.endsWith('testing'),
  });
  writeFileSync(temp.at('package.json'), JSON.stringify({ packageManager: 'pnpm@12.21.0' }));
  writeFileSync(temp.at('pnpm-workspace.yaml'), 'packages:\n  - infra\n');
  writeFileSync(temp.at('pnpm-lock.yaml'), '');
  mkdirSync(temp.at('packages/cli/src'), { recursive: true });
  writeFileSync(temp.at('packages/cli/src/main.ts'), 'console.log(JSON.stringify(process.argv.slice(2)));');
  const npm = fakeNpm(temp.folder);
  const server = fakeServer(temp.at('server/nats-server'), '2.15.1');
  const env = {
    PATH: pathWith(npm.bin, temp.at('server')),
    MUSTER_CACHE: '',
    NATS_SERVER_BIN: '',
    NATS_URL: '',
    NODE_COMPILE_CACHE: undefined,
  };
  const muster = (args: readonly string[], more: Record<string, string> = {}) =>
    start(process.execPath, [temp.at('infra/bootstrap/run.mjs'), ...args], { ...env, ...more });
  const pnpm = temp.at('.muster/cache', `pnpm-12.21.0-${process.platform}-${process.arch}`, 'bin/pnpm');
  return { ...temp, npm, pnpm, server, muster };
}

test('a task finds Node, pnpm and the server in its environment; its exit code is ours', async () => {
  using repo = repository();
  const command = 'echo "$NATS_SERVER_BIN"; command -v node; command -v pnpm; exit 7';
  await using child = repo.muster(['exec', 'sh', '-c', command]);
  expect(await child.ended).toEqual({ code: 7, signal: null });
  expect(child.stdout().trim().split('\n')).toEqual([repo.server, process.execPath, repo.pnpm]);
});

test('Node keeps what it compiled in the cache, or where its own variable says', async () => {
  using repo = repository();
  const where = ['exec', 'sh', '-c', 'echo "$NODE_COMPILE_CACHE"'];
  await using ours = repo.muster(where);
  await using own = repo.muster(where, { NODE_COMPILE_CACHE: '/elsewhere' });
  expect([(await ours.ended).code, (await own.ended).code]).toEqual([0, 0]);
  expect(ours.stdout()).toBe(`${repo.at('.muster/cache/compiled')}\n`);
  expect(own.stdout()).toBe('/elsewhere\n');
});

test('where the running Node comes first on PATH anyway, its folder is not moved before the others', async () => {
  using repo = repository();
  const folders = [repo.at('bin'), repo.at('server'), path.dirname(process.execPath), '/usr/bin', '/bin'];
  const PATH = folders.join(path.delimiter);
  await using child = repo.muster(['exec', 'sh', '-c', 'echo "$PATH"'], { PATH });
  expect(await child.ended).toEqual({ code: 0, signal: null });
  expect(child.stdout()).toBe(`${path.dirname(repo.pnpm)}${path.delimiter}${PATH}\n`);
});

test('once filled it works without npm, network or another installation', async () => {
  using repo = repository();
  await using first = repo.muster(['exec', 'true']);
  expect(await first.ended).toEqual({ code: 0, signal: null });
  expect(first.stderr()).toMatch(/what is missing is fetched into .*\.muster\/cache, once/);
  rmSync(repo.at('bin/npm'));
  await using second = repo.muster(['exec', 'true'], { npm_config_registry: 'http://127.0.0.1:1/' });
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(second.stderr()).toBe('');
  expect(repo.npm.pnpmCalls()).toEqual(['install --frozen-lockfile']);
});

test('several at once on empty caches all work and prepare once', async () => {
  using repo = repository();
  await using one = repo.muster(['exec', 'echo', 'ran']);
  await using two = repo.muster(['exec', 'echo', 'ran']);
  await using three = repo.muster(['exec', 'echo', 'ran']);
  for (const child of [one, two, three]) {
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.stdout()).toBe('ran\n');
  }
  expect(repo.npm.npmCalls()).toHaveLength(1);
  expect(repo.npm.pnpmCalls()).toEqual(['install --frozen-lockfile']);
});

test('the scripts of the root run by pnpm, with their arguments', async () => {
  using repo = repository();
  await using child = repo.muster(['test', 'some.spec.ts', '-t', 'a name']);
  expect(await child.ended).toEqual({ code: 0, signal: null });
  expect(repo.npm.pnpmCalls()).toEqual(['install --frozen-lockfile', 'run _verify some.spec.ts -t a name']);
});

test('muster prints nothing of the bootstrap on standard output, and needs no server', async () => {
  using repo = repository();
  rmSync(repo.at('server/nats-server'));
  await using child = repo.muster(['muster', 'capability', 'list', '--json']);
  expect(await child.ended).toEqual({ code: 0, signal: null });
  expect(child.stdout()).toBe('["capability","list","--json"]\n');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s reaches the task, and its answer is ours', async (signal) => {
  using repo = repository();
  const command = `process.on('${signal}', () => { console.log('draining'); process.exit(3); }); setInterval(() => {}, 1e9); console.log('up');`;
  await using child = repo.muster(['exec', 'node', '-e', command]);
  await child.said('up');
  child.kill(signal);
  expect(await child.ended).toEqual({ code: 3, signal: null });
  expect(child.stdout()).toContain('draining');
});

test('ended while it prepares, it ends what it runs and the next run starts afresh', async () => {
  using repo = repository();
  const write = (name: string) => `require('fs').writeFileSync('${repo.at(name)}', '')`;
  const slow = `process.on('SIGTERM', () => { ${write('ended')}; process.exit(); }); setInterval(() => {}, 1e9); ${write('started')}`;
  script(repo.at('slow/npm'), `exec ${process.execPath} -e "${slow}"`);
  await using child = repo.muster(['exec', 'true'], { PATH: pathWith(repo.at('slow'), repo.at('server')) });
  await until('npm starts', () => existsSync(repo.at('started')));
  child.kill('SIGTERM');
  expect(await child.ended).toEqual({ code: 143, signal: null });
  await until('npm ends', () => existsSync(repo.at('ended')));

  await using next = repo.muster(['exec', 'echo', 'ran']);
  expect(await next.ended).toEqual({ code: 0, signal: null });
  expect(readdirSync(repo.at('.muster/cache')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a cache that cannot be written is said once, though pnpm and the server both need it', async () => {
  using repo = repository();
  rmSync(repo.at('server/nats-server'));
  await using child = repo.muster(['exec', 'true'], { MUSTER_CACHE: repo.at('package.json') });
  expect(await child.ended).toEqual({ code: 1, signal: null });
  expect(child.stderr().match(/the cache folder .* cannot be used/g)).toHaveLength(1);
});

test('a task that a signal ends gives the code that a shell would', async () => {
  using repo = repository();
  await using child = repo.muster(['exec', 'sh', '-c', 'kill -TERM $$']);
  expect(await child.ended).toEqual({ code: 143, signal: null });
});

test('every refusal is said at once: found, needed, what to do', async () => {
  using repo = repository();
  writeFileSync(repo.at('fail-npm'), '');
  await using child = repo.muster(['exec', 'true'], { NATS_SERVER_BIN: repo.at('nothing') });
  expect(await child.ended).toEqual({ code: 1, signal: null });
  expect(child.stderr()).toContain('muster: not ready to run.');
  expect(child.stderr()).toMatch(/found: {2}npm could not fetch pnpm@12.21.0.*needed:.*do: /s);
  expect(child.stderr()).toMatch(/found: {2}NATS_SERVER_BIN=.*needed: a nats-server of 2.14.0.*do: /s);
});

test.each([[[]], [['dance']], [['exec']]])('%j is not understood', async (args) => {
  using repo = repository();
  await using child = repo.muster(args);
  expect(await child.ended).toEqual({ code: 2, signal: null });
  expect(child.stderr()).toContain('usage: node infra/bootstrap/run.mjs start|muster|test');
});

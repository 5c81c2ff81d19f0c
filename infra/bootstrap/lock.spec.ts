import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { expect, test } from 'vitest';
import { STALE_MS, withLock } from './lock.mjs';
import { sayTo } from './say.mjs';
import { startModule } from './testing/child.ts';
import { tempFolder } from './testing/kit.ts';

const say = sayTo(() => undefined);

/** The id of a process that has ended. */
function deadPid() {
  return spawnSync('true').pid;
}

/** Leaves a lock behind as its owner would. */
function leaveLock(lock: string, pid: number, host: string, seenMsAgo = 0) {
  mkdirSync(lock);
  const file = `${lock}/${pid}-token`;
  writeFileSync(file, host);
  const seen = new Date(Date.now() - seenMsAgo);
  utimesSync(file, seen, seen);
}

test('work under one lock never overlaps', async () => {
  using temp = tempFolder();
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(temp.at('x.lock'), say, work)));
  expect({ inside, most }).toEqual({ inside: 0, most: 1 });
  expect(readdirSync(temp.folder)).toEqual([]);
});

test('work that throws gives the lock back', async () => {
  using temp = tempFolder();
  const failing = withLock(temp.at('x.lock'), say, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(await withLock(temp.at('x.lock'), say, async () => 'done')).toBe('done');
});

test.each([
  ['whose process is gone', () => [deadPid(), os.hostname(), 0] as const],
  ['of another machine that fell silent', () => [1, 'elsewhere', STALE_MS + 1_000] as const],
  [
    'whose process id now belongs to someone else',
    () => [process.pid, os.hostname(), STALE_MS + 1_000] as const,
  ],
])('a lock %s is broken', async (_case, owner) => {
  using temp = tempFolder();
  leaveLock(temp.at('x.lock'), ...owner());
  expect(await withLock(temp.at('x.lock'), say, async () => 'done')).toBe('done');
});

test('an owner that died before it was named leaves nothing in the way', async () => {
  using temp = tempFolder();
  mkdirSync(temp.at('x.lock'));
  expect(await withLock(temp.at('x.lock'), say, async () => 'done')).toBe('done');
});

test('a living owner of another process is waited for, and said to be; one that is killed is not', async () => {
  using temp = tempFolder();
  const code = `
    import { withLock } from ${JSON.stringify(import.meta.resolve('./lock.mjs'))};
    import { sayTo } from ${JSON.stringify(import.meta.resolve('./say.mjs'))};
    await withLock(${JSON.stringify(temp.at('x.lock'))}, sayTo(() => {}), async () => {
      console.log('held');
      await new Promise((resolve) => setTimeout(resolve, 1e9));
    });
  `;
  await using child = startModule(code);
  await child.said('held');

  const heard = Promise.withResolvers<string>();
  let hasEntered = false;
  const second = withLock(temp.at('x.lock'), sayTo(heard.resolve), async () => {
    hasEntered = true;
  });
  expect(await heard.promise).toBe('muster: waiting for another muster to finish x …\n');
  expect(hasEntered).toBe(false);

  child.kill('SIGKILL');
  await second;
  expect(hasEntered).toBe(true);
});

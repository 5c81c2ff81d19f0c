import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { processesOf, muster as runMuster, runStart, START_MS_MAX } from './start.ts';

let data = '';
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'muster-rekey-'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const muster = (...args: string[]) => runMuster(data, ...args);

it('takes new keys while it runs: the old ones are refused, everything goes on', {
  timeout: START_MS_MAX,
}, async () => {
  await using start = runStart(['--data', data, '--port', '0', '--forces', 'kent,essex']);
  await start.says('Ctrl-C stops everything');
  const old = mkdtempSync(join(tmpdir(), 'muster-old-keys-'));
  cpSync(join(data, 'keys'), old, { recursive: true });

  const gateway = /In a browser: (\S+)\/\n/.exec(start.said())?.[1];
  const answers = async (): Promise<number> => (await fetch(`${gateway}/v1/me`)).status;
  expect(await answers()).toBe(401);

  const users = ['essex.actual', 'hub-admin', 'hub-alerter', 'hub-broker', 'hub-gateway', 'hub-registry'];
  const rotated = await muster('keys', 'rotate', ...users);
  expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining('the old ones are refused') });
  await start.says(`new keys are in use: ${users.length} users`);

  expect(await muster('doctor', '--as', 'essex', '--keys', old)).toMatchObject({ code: 5 });
  expect(await muster('doctor', '--as', 'essex')).toMatchObject({ code: 0 });
  expect(await muster('doctor')).toMatchObject({ code: 0 });
  const used = [
    'home',
    'use',
    'cy-dark-1',
    '--as',
    'essex',
    '--quantity',
    '1',
    '--from',
    '+1h',
    '--to',
    '+2h',
  ];
  expect(await muster(...used, '--reason', 'own incident')).toMatchObject({ code: 0 });
  expect(await answers()).toBe(401);
  expect(processesOf(data)).toHaveLength(6);
  start.signal('SIGINT');
  expect((await start.ended).code).toBe(0);
  expect(processesOf(data)).toEqual([]);
  rmSync(old, { recursive: true, force: true });
});

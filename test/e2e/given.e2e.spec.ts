import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMuster } from '@muster/mesh/testing';
import { expect, it } from 'vitest';
import { processesOf, runStart, START_MS_MAX } from './start.ts';

it('plays on a broker that runs already, and leaves it running', { timeout: START_MS_MAX }, async () => {
  await using muster = await startMuster();
  const data = mkdtempSync(join(tmpdir(), 'muster-given-'));
  await using start = runStart(['--once', '--json', '--data', data, '--forces', 'kent,essex'], {
    NATS_URL: muster.url,
    MUSTER_KEYS_DIR: muster.keysDir,
  });
  const { code, stdout, stderr } = await start.ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(JSON.parse(stdout)).toMatchObject({ faults: [] });
  expect(JSON.parse(readFileSync(join(data, 'mesh.json'), 'utf8'))).toMatchObject({
    url: muster.url,
    keysDir: muster.keysDir,
  });
  expect(processesOf(data)).toEqual([]);
  const { state } = await muster.admin.jsm.streams.info('ASSISTANCE_ACTUAL');
  expect(state.messages).toBeGreaterThan(0);
  rmSync(data, { recursive: true, force: true });
});

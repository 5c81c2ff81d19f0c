import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeys } from '@muster/mesh';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { openCrew } from './crew.ts';
import { type DataDir, openDataDir } from './data-dir.ts';
import { freePort } from './health.ts';
import { connectAs, prepareStreams } from './store.ts';

/** Longest time for this test, in milliseconds: less than a start gives a broker whose store only takes long. */
const WITHOUT_WAITING_MS = 20_000;

let dir: DataDir;
beforeAll(async () => {
  dir = await openDataDir(mkdtempSync(join(tmpdir(), 'muster-lost-')), false, () => undefined);
  makeKeys(dir.keys);
});
afterAll(() => rmSync(dir.root, { recursive: true, force: true }));

/** Runs a broker on the folder until the work is done. */
const withBroker = async (work: (url: string) => Promise<void>): Promise<void> => {
  const port = await freePort();
  const url = `nats://127.0.0.1:${port}`;
  const crew = openCrew(dir, { url, isGiven: false, known: {} });
  try {
    await startBroker(dir, crew, port, new AbortController().signal);
    await work(url);
  } finally {
    await crew.stop(async () => undefined);
  }
};

const makeStreams = async (url: string): Promise<void> => {
  const admin = await connectAs(dir.keys, 'hub-admin', url);
  await prepareStreams(admin, ['actual']);
  await admin.close();
};

it('tells a store that the broker cannot recover without waiting for it', {
  timeout: WITHOUT_WAITING_MS,
}, async () => {
  await withBroker(makeStreams);
  const metas = readdirSync(dir.store, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(join('ASSISTANCE_ACTUAL', 'meta.inf')),
  );
  expect(metas).toHaveLength(1);
  for (const meta of metas) writeFileSync(join(dir.store, meta), 'no longer what it was');
  await expect(withBroker(async () => undefined)).rejects.toThrow(/could not open its store in .*--fresh/s);
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBroker } from '@muster/testkit';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection, nkeyAuthenticator, nkeys } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import type { RawRecord } from './facts.ts';
import { cleanStory, recordsOf } from './testing/history.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

const auditor = () => {
  const pair = nkeys.createUser();
  const folder = mkdtempSync(join(tmpdir(), 'muster-checker-'));
  const seedFile = join(folder, 'hub-auditor.nk');
  writeFileSync(seedFile, pair.getSeed());
  return {
    publicKey: pair.getPublicKey(),
    seed: pair.getSeed(),
    seedFile,
    acks: (lines: object[]): string => {
      const file = join(folder, 'acks.ndjson');
      writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return file;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
};

type Run = { code: number; stdout: string; stderr: string };

const runMain = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const SUBJECTS = {
  CAPABILITY_ACTUAL: 'actual.capability.>',
  ASSISTANCE_ACTUAL: ['actual.request.>', 'actual.booking.>', 'actual.deployment.>'],
  HOME_ACTUAL: 'actual.home.>',
};

const addStreams = async (nc: NatsConnection): Promise<void> => {
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  for (const [name, subjects] of Object.entries(SUBJECTS))
    await jsm.streams.add({ name, subjects: [subjects].flat() });
};

const store = async (nc: NatsConnection, records: readonly RawRecord[]): Promise<void> => {
  const js = jetstream(nc);
  for (const record of records) {
    const head = headers();
    for (const [name, value] of Object.entries(record.headers)) head.append(name, value);
    await js.publish(record.subject, record.body, { headers: head });
  }
};

describe('the checker on a real broker', () => {
  it('reads every stream to its end, says what it counted, and finds what is planted afterwards', async () => {
    using user = auditor();
    await using broker = await startBroker({
      config: ({ host, port, storeDir }) =>
        `listen: "${host}:${port}"\njetstream { store_dir: "${storeDir}" }\nauthorization { users: [ { nkey: ${user.publicKey} } ] }\n`,
    });
    const nc = await connect({ servers: broker.url, authenticator: nkeyAuthenticator(user.seed) });
    await addStreams(nc);
    const at = ['--url', broker.url, '--seed-file', user.seedFile, '--mode', 'actual', '--json'];
    const empty = await runMain(...at);
    expect(JSON.parse(empty.stdout)).toMatchObject({ findings: [], counts: { requests: 0 } });

    const story = cleanStory();
    for (const records of recordsOf(story)) await store(nc, records);
    const kept = user.acks([{ org: 'kent', commandId: 'x1', eventIds: ['kent.x1.1', 'kent.x1.2'] }]);
    const clean = await runMain(...at, '--acks', kept);
    expect(JSON.parse(clean.stdout)).toMatchObject({
      findings: [],
      counts: { ASSISTANCE_ACTUAL: story.ledger.length, HOME_ACTUAL: story.home.length, acknowledged: 1 },
    });
    expect(clean.code).toBe(0);

    const lost = user.acks([{ org: 'kent', commandId: 'x9', eventIds: ['kent.x9.1'] }]);
    const faulty = await runMain(...at, '--acks', lost);
    expect(JSON.parse(faulty.stdout).findings).toMatchObject([
      { kind: 'acknowledged-lost', where: 'command kent.x9', seq: 0 },
    ]);
    expect(faulty.code).toBe(1);
    await nc.close();
  });

  it('says in one line why it cannot read, and never calls that clean', async () => {
    using user = auditor();
    await using broker = await startBroker();
    const nowhere = await runMain('--url', broker.url, '--seed-file', user.seedFile);
    expect(nowhere).toMatchObject({ code: 2, stdout: '' });
    expect(nowhere.stderr.trim().split('\n')).toHaveLength(1);
    await broker.stop();
    expect((await runMain('--url', broker.url, '--seed-file', user.seedFile)).code).toBe(2);
    expect((await runMain()).stderr).toContain('--url and --seed-file are needed');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, startBroker } from '@muster/testkit';
import { createInbox } from '@nats-io/nats-core';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { connect, inboxPrefixOf } from '../connect/connect.ts';
import { makeKeys, publicKeys, readSeed } from '../keys/keys.ts';
import { usersOf } from '../keys/users.ts';
import { streamDefinitions } from '../streams/definitions.ts';
import { adapterDurable, durableDefinitions } from '../streams/durables.ts';
import { applyPlan, planStreams } from '../streams/plan.ts';
import { work } from '../worker/work.ts';
import { serverConfig } from './config.ts';

/** The server can be told to make acknowledgement subjects of a later form; that is announced as its default. */
const LATER_FORM = 'feature_flags { js_ack_fc_v2: true }';

it('acknowledges in the later form of subjects too', async () => {
  const keysDir = mkdtempSync(join(tmpdir(), 'muster-acks-'));
  const orgs = ['kent'];
  makeKeys(keysDir, { users: usersOf(orgs) });
  const keys = publicKeys(keysDir);
  await using broker = await startBroker({
    config: ({ host, port, storeDir }) =>
      `${serverConfig({ serverName: 'hub', listen: { host, port }, storeDir, publicKeys: keys, orgs, syncAlways: false })}\n${LATER_FORM}\n`,
  });
  const as = (user: string) =>
    connect({
      servers: broker.url,
      seed: readSeed(keysDir, user),
      name: user,
      clock: systemClock,
      log: pino({ level: 'silent' }),
    });
  const admin = await as('hub-admin');
  const kent = await as('kent.actual');
  const durables = durableDefinitions({ modes: ['actual'], forces: orgs });
  await applyPlan(
    admin,
    await planStreams(admin, { streams: streamDefinitions({ modes: ['actual'] }), durables }),
  );
  await admin.nc.request('actual.request.kent.r1.issued._', '{}');
  const worker = work(kent, {
    stream: 'ASSISTANCE_ACTUAL',
    durable: adapterDurable('kent'),
    mode: 'actual',
    owner: 'kent',
    service: 'force-adapter',
    handle: async () => ({ do: 'ack' }),
  });
  await eventually(() => worker.handled() === 1);
  await eventually(async () => {
    const info = await admin.jsm.consumers.info('ASSISTANCE_ACTUAL', adapterDurable('kent'));
    return info.num_ack_pending === 0 && info.ack_floor.stream_seq === 1;
  });
  await worker.stop();
  await admin.nc.request('actual.request.kent.r1.closed._', '{}');
  const inbox = createInbox(inboxPrefixOf(keys['kent.actual'] ?? ''));
  const handedOver = kent.nc.subscribe(inbox, { max: 1 });
  kent.nc.publish(
    `$JS.API.CONSUMER.MSG.NEXT.ASSISTANCE_ACTUAL.${adapterDurable('kent')}`,
    '{"batch":1,"no_wait":true}',
    { reply: inbox },
  );
  for await (const { reply } of handedOver) {
    expect(reply).toMatch(/^\$JS\.ACK\.HUB\.[^.]+\.ASSISTANCE_ACTUAL\.ADAPTER_kent\./);
  }
  await Promise.all([admin.close(), kent.close()]);
  rmSync(keysDir, { recursive: true, force: true });
});

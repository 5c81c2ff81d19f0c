import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { startCluster } from './cluster.ts';

const LONG_TEST_MS = 60_000;

/** A cluster that has just met may take longer than the client's 5 s to make a stream. */
const API_TIMEOUT_MS = 30_000;

it(
  'a cluster goes on when one node is killed and takes it back',
  async () => {
    await using cluster = await startCluster(3);
    const nc = await connect({ servers: cluster.url.split(','), maxReconnectAttempts: -1 });
    const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: API_TIMEOUT_MS });
    await jsm.streams.add({ name: 'S', subjects: ['s.>'], num_replicas: 3 });
    const leader = cluster.node((await jsm.streams.info('S')).cluster?.leader ?? '');
    await leader.kill9();
    const ack = await eventually(() => jetstream(nc).publish('s.1', 'one'), { deadlineMs: 30_000 });
    expect(ack.seq).toBe(1);
    expect(await cluster.waitForLeader()).not.toBe('');
    await leader.start();
    await eventually(
      async () => {
        const info = await jsm.streams.info('S');
        return info.cluster?.replicas?.length === 2 && info.cluster.replicas.every((peer) => peer.current);
      },
      { deadlineMs: 30_000, what: 'every replica is current' },
    );
    await nc.close();
  },
  LONG_TEST_MS,
);

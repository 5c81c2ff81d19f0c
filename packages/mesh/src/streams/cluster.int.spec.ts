import { eventually } from '@muster/testkit';
import { expect, it } from 'vitest';
import { startMusterCluster } from '../testing/mod.ts';
import { streamDefinitions } from './definitions.ts';
import { durableDefinitions } from './durables.ts';
import { planStreams } from './plan.ts';

const LONG_TEST_MS = 90_000;

it(
  'on a cluster every stream has three copies, and a force writes on when a node is lost',
  async () => {
    await using muster = await startMusterCluster({ orgs: ['kent'], modes: ['actual'] });
    const defined = {
      streams: streamDefinitions({ modes: ['actual'], replicas: 3 }),
      durables: durableDefinitions({ modes: ['actual'], forces: ['kent'] }),
    };
    expect(await planStreams(muster.admin, defined)).toEqual({ steps: [], held: [] });
    const kent = await muster.connect('kent.actual');
    const write = () => kent.nc.request('actual.home.kent.c1', '{}', { timeout: 1_000 });
    expect((await write()).json()).toMatchObject({ stream: 'HOME_ACTUAL', seq: 1 });
    const { cluster } = await muster.admin.jsm.streams.info('HOME_ACTUAL');
    expect(cluster?.replicas).toHaveLength(2);
    await muster.cluster.node(cluster?.leader ?? '').kill9();
    const ack = await eventually(async () => (await write()).json<{ seq?: number }>().seq, {
      deadlineMs: 30_000,
      what: 'the home ledger takes a record again',
    });
    expect(ack).toBeGreaterThan(1);
  },
  LONG_TEST_MS,
);

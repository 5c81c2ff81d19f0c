import { type Muster, startMuster } from '@muster/mesh/testing';
import { type Broker, eventually, forEachWay, startBroker } from '@muster/testkit';
import { jetstreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishAll } from './probe.ts';
import { keyOf, nextOf, pull } from './pull.ts';

const ORGS = ['kent', 'surrey', 'npocc'];

/** What the hub took as somebody's word. */
type Heard = { subject: string; body: string };

/** Subjects on which a message from kent would be somebody else's word. */
const FORGED_COMMAND = 'cmd.actual.surrey.offer-make';
const FORGED_ADVERT = 'actual.capability.surrey.c1';
const FORGED_HOME = 'actual.home.surrey.c1';
const FORGED_LEDGER = 'actual.request.surrey.R1.issued._';
const FORGED = [FORGED_COMMAND, FORGED_ADVERT, FORGED_HOME, FORGED_LEDGER];

const listenForCommands = (nc: NatsConnection, heard: Heard[]): void => {
  nc.subscribe('cmd.actual.*.*', {
    callback: (error, msg) => {
      if (error) throw error;
      heard.push({ subject: msg.subject, body: msg.string() });
      msg.respond('{"from":"the hub"}');
    },
  });
};

await forEachWay(describe, 'forging through a reply subject', (way) => {
  let muster: Muster;
  let kent: NatsConnection;
  let broker: NatsConnection;
  const heard: Heard[] = [];

  beforeAll(async () => {
    muster = await startMuster({ way, orgs: ORGS });
    kent = (await muster.connect('kent.actual')).nc;
    broker = (await muster.connect('hub-broker')).nc;
    listenForCommands(broker, heard);
    await broker.flush();
  });
  afterAll(() => muster[Symbol.asyncDispose]());
  beforeEach(() => {
    heard.length = 0;
  });

  /** Every message stored under a subject, in all streams. */
  const storedOn = async (subject: string): Promise<number> => {
    let found = 0;
    for await (const { config } of muster.admin.jsm.streams.list()) {
      const info = await muster.admin.jsm.streams.info(config.name, { subjects_filter: subject });
      found += info.state.subjects?.[subject] ?? 0;
    }
    return found;
  };

  /** A further message of kent has been dealt with: so have those before it. */
  const settled = async () => {
    await kent.request('actual.capability.kent.settled', '{}');
    await kent.request('cmd.actual.kent.settled', '{}');
    await broker.flush();
  };

  const nothingForged = async () => {
    await settled();
    expect(heard.filter(({ subject }) => subject !== 'cmd.actual.kent.settled')).toEqual([]);
    for (const subject of FORGED) expect(await storedOn(subject)).toBe(0);
  };

  it('is tried on subjects that the right sender could use (control)', async () => {
    await using other = await startMuster({ way, orgs: ORGS });
    const surrey = (await other.connect('surrey.actual')).nc;
    const hub = (await other.connect('hub-broker')).nc;
    const taken: Heard[] = [];
    listenForCommands(hub, taken);
    await hub.flush();
    const storedBy = async (nc: NatsConnection, subject: string) =>
      (await nc.request(subject, '{"n":1}')).json<{ stream?: string; seq?: number }>();
    expect((await surrey.request(FORGED_COMMAND, '{"n":1}')).string()).toBe('{"from":"the hub"}');
    expect(taken).toEqual([{ subject: FORGED_COMMAND, body: '{"n":1}' }]);
    expect(await storedBy(surrey, FORGED_ADVERT)).toMatchObject({ stream: 'CAPABILITY_ACTUAL', seq: 1 });
    expect(await storedBy(surrey, FORGED_HOME)).toMatchObject({ stream: 'HOME_ACTUAL', seq: 1 });
    expect(await storedBy(hub, FORGED_LEDGER)).toMatchObject({ stream: 'ASSISTANCE_ACTUAL', seq: 1 });
  });

  it('fails by direct get: the look-up itself is refused', async () => {
    const own = 'actual.capability.kent.c1';
    await kent.request(own, JSON.stringify({ forged: true }));
    const lookUps = [
      `$JS.API.DIRECT.GET.CAPABILITY_ACTUAL.${own}`,
      '$JS.API.DIRECT.GET.CAPABILITY_ACTUAL',
      '$JS.API.STREAM.MSG.GET.CAPABILITY_ACTUAL',
    ];
    expect(await publishAll(kent, lookUps)).toEqual(new Set(lookUps));
    for (const reply of FORGED) for (const lookUp of lookUps) kent.publish(lookUp, '', { reply });
    await nothingForged();
  });

  it('fails by the delivery of an event: the server hands it over to an inbox only', async () => {
    const event = 'actual.request.kent.R1.issued._';
    await broker.request(event, '{"forged":true}');
    for (const reply of FORGED) {
      kent.publish(nextOf('kent'), JSON.stringify({ batch: 1, expires: 1_000_000_000 }), { reply });
    }
    await nothingForged();
    // It is still there for whoever asks with an inbox, so it went nowhere else.
    const handedOver = await pull({ nc: kent, key: keyOf(muster, 'kent.actual') }, 'kent');
    expect(handedOver?.subject).toBe(event);
  });

  it('fails by the acknowledgement of a publish', async () => {
    for (const reply of FORGED) {
      kent.publish('actual.capability.kent.c2', '{"forged":true}', { reply });
      kent.publish('actual.home.kent.c2', '{"forged":true}', { reply });
      kent.publish('dead.actual.kent.force-adapter.bad-row', '{"forged":true}', { reply });
    }
    await nothingForged();
    expect(await storedOn('actual.home.kent.c2')).toBe(FORGED.length);
  });

  it('fails by the answer to a command', async () => {
    for (const reply of FORGED) kent.publish('cmd.actual.kent.request-create', '{}', { reply });
    await settled();
    const answered = heard.filter(({ subject }) => subject === 'cmd.actual.kent.request-create');
    expect(answered).toHaveLength(FORGED.length);
    heard.length = 0;
    await nothingForged();
  });
});

/** One account for all, told apart by permissions on subjects alone: what the mesh must not be. */
const sharedAccount = (place: { host: string; port: number; storeDir: string }): string => `
listen: "${place.host}:${place.port}"
jetstream { store_dir: "${place.storeDir}" }
authorization { users: [
  { user: hub, password: x }
  { user: kent, password: x, permissions: {
    publish: ["actual.capability.kent.*", "$JS.API.DIRECT.GET.CAPABILITY_ACTUAL.actual.capability.kent.*"]
    subscribe: ["_INBOX.>"] } }
] }
`;

describe('forging in one shared account (control)', () => {
  let shared: Broker;
  let hub: NatsConnection;
  beforeAll(async () => {
    shared = await startBroker({ config: sharedAccount });
    hub = await connect({ servers: shared.url, user: 'hub', pass: 'x' });
    const jsm = await jetstreamManager(hub);
    await jsm.streams.add({
      name: 'CAPABILITY_ACTUAL',
      subjects: ['actual.capability.*.*'],
      allow_direct: true,
    });
  });
  afterAll(async () => {
    await hub.close();
    await shared[Symbol.asyncDispose]();
  });

  it('works: so the tests above would see it', async () => {
    const kent = await connect({ servers: shared.url, user: 'kent', pass: 'x' });
    const heard: Msg[] = [];
    hub.subscribe('cmd.*.*.*', { callback: (_, msg) => void heard.push(msg) });
    await hub.flush();
    const own = 'actual.capability.kent.c1';
    await kent.request(own, '{"forged":true}');
    kent.publish(`$JS.API.DIRECT.GET.CAPABILITY_ACTUAL.${own}`, '', { reply: FORGED_COMMAND });
    await eventually(() => heard.length === 1);
    expect(heard[0]).toMatchObject({ subject: FORGED_COMMAND });
    expect(heard[0]?.string()).toBe('{"forged":true}');
    await kent.close();
  });
});

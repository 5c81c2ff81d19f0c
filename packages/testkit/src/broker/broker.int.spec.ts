import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { greets } from './probe.ts';
import { startProcessBroker } from './process.ts';
import { forEachWay, startBroker } from './start.ts';
import { type ConfigText, plainConfig } from './types.ts';

const withUser =
  (user: string): ConfigText =>
  (place) =>
    `${plainConfig(place)}\nauthorization { users: [ { user: "${user}", password: "x" } ] }\n`;

/** Longest time in which a client is connected again, in milliseconds. */
const RECONNECTED_MS = 15_000;

const messagesIn = async (jsm: JetStreamManager): Promise<number> =>
  (await eventually(() => jsm.streams.info('S'), { deadlineMs: RECONNECTED_MS })).state.messages;

await forEachWay(describe, 'a broker', (way) => {
  it('keeps port and store over a crash and over an orderly stop', async () => {
    await using broker = await startBroker({ way });
    const nc = await connect({ servers: broker.url, reconnectTimeWait: 50, maxReconnectAttempts: -1 });
    const jsm = await jetstreamManager(nc, { timeout: 1_000 });
    await jsm.streams.add({ name: 'S', subjects: ['s.>'] });
    await jetstream(nc).publish('s.1', 'one');
    await broker.kill9();
    await broker.start();
    expect(await messagesIn(jsm)).toBe(1);
    await broker.stop();
    await broker.start();
    expect(await messagesIn(jsm)).toBe(1);
    await nc.close();
  });

  it('reads a new configuration, and says so when the server refuses it', async () => {
    await using broker = await startBroker({ way, config: withUser('before') });
    await broker.reload(withUser('after'));
    await expect(connect({ servers: broker.url, user: 'before', pass: 'x' })).rejects.toThrow(
      'Authorization Violation',
    );
    const nc = await connect({ servers: broker.url, user: 'after', pass: 'x' });
    await nc.close();
    await expect(broker.reload(() => 'listen: {')).rejects.toThrow('refused its new configuration');
  });

  it('freezes without closing its connections', async () => {
    await using broker = await startBroker({ way });
    const nc = await connect({ servers: broker.url });
    await broker.pause();
    expect(await greets(broker.port)).toBe(false);
    await broker.resume();
    await nc.flush();
    expect(nc.isClosed()).toBe(false);
    await nc.close();
  });
});

describe('a broker that cannot start', () => {
  it('shows what the server wrote', async () => {
    await expect(startProcessBroker({ config: () => 'listen: {' })).rejects.toThrow('nats-server ended');
  });
});

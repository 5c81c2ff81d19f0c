import { connect } from '@nats-io/transport-node';
import { expect, it } from 'vitest';
import { startBroker } from '../broker/start.ts';
import { eventually } from '../eventually.ts';
import { startProxy } from './proxy.ts';

const setUp = async () => {
  const broker = await startBroker();
  const proxy = await startProxy(broker);
  const nc = await connect({ servers: proxy.url, reconnectTimeWait: 20, maxReconnectAttempts: -1 });
  return { broker, proxy, nc };
};

it('a cut link refuses until it is healed', async () => {
  const { broker, proxy, nc } = await setUp();
  await using _broker = broker;
  await using _proxy = proxy;
  proxy.cut();
  await expect(connect({ servers: proxy.url, reconnect: false })).rejects.toThrow();
  proxy.heal();
  nc.subscribe('a', { callback: (_, m) => void m.respond(m.data) });
  expect((await eventually(() => nc.request('a', 'x', { timeout: 500 }))).string()).toBe('x');
  await nc.close();
});

it('a black hole swallows without closing, and healing resets what lost bytes', async () => {
  const { broker, proxy, nc } = await setUp();
  await using _broker = broker;
  await using _proxy = proxy;
  nc.subscribe('a', { callback: (_, m) => void m.respond(m.data) });
  expect((await nc.request('a', 'x')).string()).toBe('x');
  proxy.blackHole();
  await expect(nc.request('a', 'x', { timeout: 100 })).rejects.toThrow('timeout');
  expect(nc.isClosed()).toBe(false);
  proxy.heal();
  expect((await eventually(() => nc.request('a', 'y', { timeout: 500 }))).string()).toBe('y');
  await nc.close();
});

it('a black hole for answers lets what is sent arrive', async () => {
  const { broker, proxy, nc } = await setUp();
  await using _broker = broker;
  await using _proxy = proxy;
  const direct = await connect({ servers: broker.url });
  const came: string[] = [];
  direct.subscribe('a', {
    callback: (_, m) => {
      came.push(m.string());
      m.respond(m.data);
    },
  });
  await direct.flush();
  await nc.flush();
  proxy.blackHole('answers');
  await expect(nc.request('a', 'x', { timeout: 200 })).rejects.toThrow('timeout');
  expect(came).toEqual(['x']);
  proxy.heal();
  expect((await eventually(() => nc.request('a', 'y', { timeout: 500 }))).string()).toBe('y');
  await Promise.all([nc.close(), direct.close()]);
});

it('a delay holds every message back and keeps their order', async () => {
  const { broker, proxy, nc } = await setUp();
  await using _broker = broker;
  await using _proxy = proxy;
  const seen: string[] = [];
  nc.subscribe('a', { callback: (_, m) => void seen.push(m.string()) });
  await nc.flush();
  proxy.delay(100);
  const before = performance.now();
  for (let n = 0; n < 20; n++) nc.publish('a', String(n));
  await eventually(() => seen.length === 20);
  expect(performance.now() - before).toBeGreaterThanOrEqual(200);
  expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
  await nc.close();
});

import { type Broker, type BrokerWay, eventually, forEachWay, freePort, startProxy } from '@muster/testkit';
import { connect as connectNats } from '@nats-io/transport-node';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { serverConfig } from '../accounts/config.ts';
import { systemClock } from '../clock.ts';
import { makeKeys, publicKeys, readSeed } from '../keys/keys.ts';
import { newSeed, nkeyOf } from '../keys/nkey.ts';
import { orgUser, usersOf } from '../keys/users.ts';
import { startMuster } from '../testing/mod.ts';
import { connect, inboxPrefixOf } from './connect.ts';

/** Longest time in which a client is connected again, in milliseconds. */
const CONNECTED_MS = 10_000;
const ORGS = ['kent'];
const log = pino({ level: 'silent' });
const options = (servers: string, seed: string) => ({ servers, seed, name: 'test', clock: systemClock, log });
const start = (way: BrokerWay) => startMuster({ way, orgs: ORGS, streams: false });

const reloadKeys = (broker: Broker, keysDir: string) =>
  broker.reload(({ host, port, storeDir }) =>
    serverConfig({
      serverName: 'hub',
      listen: { host, port },
      storeDir,
      publicKeys: publicKeys(keysDir),
      orgs: ORGS,
      syncAlways: true,
    }),
  );

describe('a connection that cannot be made', () => {
  it('is unreachable when nothing listens', async () => {
    const url = `nats://127.0.0.1:${await freePort()}`;
    await expect(connect(options(url, newSeed()))).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is a bad seed before anything is sent', async () => {
    await expect(connect(options('nats://127.0.0.1:1', 'SUNOTASEED'))).rejects.toMatchObject({
      code: 'bad-seed',
    });
  });
});

await forEachWay(describe, 'connect', (way) => {
  it('is refused with a key that the server does not know, and with none', async () => {
    await using muster = await start(way);
    await expect(connect(options(muster.url, newSeed()))).rejects.toMatchObject({ code: 'refused' });
    await expect(connectNats({ servers: muster.url })).rejects.toThrow('Authorization Violation');
  });

  it('listens for answers only on an inbox of its own key', async () => {
    await using muster = await start(way);
    const mesh = await muster.connect('hub-broker');
    const prefix = inboxPrefixOf(nkeyOf(readSeed(muster.keysDir, 'hub-broker')).publicKey);
    muster.admin.nc.subscribe('echo', { callback: (_, msg) => void msg.respond(msg.reply) });
    const broker = await muster.connect('hub-admin');
    expect((await broker.nc.request('echo')).string()).toMatch(/^_INBOX\.U[A-Z2-7]{55}\./);
    const foreign = mesh.nc.subscribe('_INBOX.>');
    await expect(foreign.closed).resolves.toMatchObject({ operation: 'subscription' });
    const own = mesh.nc.subscribe(`${prefix}.x`);
    await mesh.nc.flush();
    expect(own.isClosed()).toBe(false);
  });

  it('comes back by itself after a crash of the server', async () => {
    await using muster = await start(way);
    const mesh = await muster.connect('kent.actual');
    await muster.broker.kill9();
    await muster.broker.start();
    await eventually(() => mesh.nc.flush().then(() => true), { deadlineMs: CONNECTED_MS });
    expect(mesh.nc.isClosed()).toBe(false);
  });

  it('ends when its key was rotated, and the new key is taken', async () => {
    await using muster = await start(way);
    const user = orgUser('kent', 'actual');
    const mesh = await muster.connect(user);
    const old = readSeed(muster.keysDir, user);
    makeKeys(muster.keysDir, { users: [user], rotate: true });
    await reloadKeys(muster.broker, muster.keysDir);
    expect(await mesh.nc.closed()).toBeInstanceOf(Error);
    await expect(connect(options(muster.url, old))).rejects.toMatchObject({ code: 'refused' });
    const again = await connect(options(muster.url, readSeed(muster.keysDir, user)));
    await again.close();
  });

  it('finishes what is under way when it closes, also twice', async () => {
    await using muster = await start(way);
    const mesh = await connect(options(muster.url, readSeed(muster.keysDir, 'hub-admin')));
    const seen: string[] = [];
    muster.admin.nc.subscribe('a', { callback: (_, msg) => void seen.push(msg.string()) });
    await muster.admin.nc.flush();
    for (let n = 0; n < 100; n++) mesh.nc.publish('a', String(n));
    await Promise.all([mesh.close(), mesh.close()]);
    expect(mesh.nc.isClosed()).toBe(true);
    await eventually(() => seen.length === 100);
  });
});

describe('a bad link', () => {
  it('is survived: cut and healed, the connection works again', async () => {
    await using muster = await start('process');
    await using proxy = await startProxy(muster.broker);
    const mesh = await muster.connect('hub-admin', { servers: proxy.url });
    muster.admin.nc.subscribe('a', { callback: (_, msg) => void msg.respond('yes') });
    proxy.cut();
    proxy.heal();
    const answer = await eventually(() => mesh.nc.request('a', '', { timeout: 500 }), {
      deadlineMs: CONNECTED_MS,
    });
    expect(answer.string()).toBe('yes');
  });

  it('does not hold up closing', async () => {
    await using muster = await start('process');
    await using proxy = await startProxy(muster.broker);
    const mesh = await muster.connect('hub-admin', { servers: proxy.url });
    proxy.cut();
    await mesh.close();
    expect(mesh.nc.isClosed()).toBe(true);
  });
});

it('knows every user of the reference data by its key', () => {
  expect(new Set(usersOf()).size).toBe(usersOf().length);
});

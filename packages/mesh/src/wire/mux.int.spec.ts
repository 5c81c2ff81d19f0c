import { type Broker, eventually, startBroker } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLink, type TestLink } from '../fixture/link.ts';
import { muxOf } from './mux.ts';

let broker: Broker;
let link: TestLink;
beforeAll(async () => {
  broker = await startBroker();
  link = await openLink(broker.url);
});
afterAll(async () => {
  await link.close();
  await broker[Symbol.asyncDispose]();
});

const none = new Uint8Array();
const ask = (subject: string, deadlineMs = 10_000) =>
  muxOf(link.nc).request(subject, none, undefined, deadlineMs);

describe('a request', () => {
  it('gets the answer that belongs to it, in whatever order answers come', async () => {
    const held: (() => void)[] = [];
    const echo = link.nc.subscribe('echo', {
      callback: (_error, msg) => {
        held.push(() => msg.respond(msg.data));
        if (held.length === 50) for (const answer of held.reverse()) answer();
      },
    });
    const texts = Array.from({ length: 50 }, (_, n) => `n${n}`);
    const replies = await Promise.all(
      texts.map((text) => muxOf(link.nc).request('echo', new TextEncoder().encode(text), undefined, 10_000)),
    );
    expect(replies.map((reply) => (typeof reply === 'string' ? reply : reply.string()))).toEqual(texts);
    echo.unsubscribe();
  });

  it('ends at its deadline when nobody answers, and ignores the answer that comes later', async () => {
    let answer: (() => void) | undefined;
    const silent = link.nc.subscribe('silent', {
      callback: (_error, msg) => {
        answer = () => msg.respond('late');
      },
    });
    expect(await ask('silent', 60)).toBe('timeout');
    answer?.();
    await link.nc.flush();
    expect(await ask('nobody')).toBe('no-responders');
    silent.unsubscribe();
  });

  it('ends as soon as the connection breaks, and is not sent while it is broken', async () => {
    const silent = link.nc.subscribe('silent', { callback: () => undefined });
    const waiting = ask('silent', 60_000);
    await link.nc.flush();
    await broker.kill9();
    expect(await waiting).toBe('disconnected');
    expect(await ask('silent', 60_000)).toBe('not-sent');
    await broker.start();
    await eventually(async () => (await ask('nobody')) === 'no-responders', { deadlineMs: 20_000 });
    silent.unsubscribe();
  });

  it('is not sent on a connection that has ended', async () => {
    const ended = await openLink(broker.url);
    const early = muxOf(ended.nc);
    await ended.close();
    expect(await early.request('echo', none, undefined, 60_000)).toBe('not-sent');
    expect(await muxOf(ended.nc).request('echo', none, undefined, 60_000)).toBe('not-sent');
  });
});

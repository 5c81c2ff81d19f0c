import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Caller } from '@muster/mesh';
import { freePort } from '@muster/testkit';
import { type NatsConnection, nkeyAuthenticator, nkeys, wsconnect } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../world/world.ts';
import { newKey } from './browser.ts';
import { help, MODE } from './stack.ts';

const READER = `kent-reader.${MODE}`;

let world: World;
let webSocketPort: number;
let kent: Caller;

beforeAll(async () => {
  webSocketPort = await freePort();
  world = await startWorld({ mode: MODE, forces: ['kent', 'essex'], webSocketPort, moreUsers: [READER] });
  await world.service({ name: 'request-broker', label: 'broker' });
  kent = await world.callerOf('kent');
}, 120_000);
afterAll(() => world?.[Symbol.asyncDispose]());

/** What anyone writes who has an nkey and a client, and none of our code. */
const plain = (how: typeof connect | typeof wsconnect, servers: string): Promise<NatsConnection> => {
  const seed = new TextEncoder().encode(readFileSync(join(world.keysDir, `${READER}.nk`), 'utf8').trim());
  const inboxPrefix = `_INBOX.${nkeys.fromSeed(seed).getPublicKey()}`;
  return how({ servers, authenticator: nkeyAuthenticator(seed), inboxPrefix });
};

type Page = { answer: { events: { seq: number; envelope: { type: string } }[]; lastSeq: number } };

const ask = async (nc: NatsConnection, afterSeq: number, waitMs: number): Promise<Page['answer']> => {
  const query = JSON.stringify({ afterSeq, waitMs });
  const reply = await nc.request(`ask.${MODE}.kent.events`, query, { timeout: waitMs + 5_000 });
  return reply.json<Page>().answer;
};

describe.each([
  ['TCP', () => plain(connect, world.url)],
  ['WebSocket', () => plain(wsconnect, `ws://127.0.0.1:${webSocketPort}`)],
])('a plain NATS client over %s', (_, open) => {
  it('follows events as they happen and resumes where it was', async () => {
    const nc = await open();
    try {
      const { lastSeq } = await ask(nc, 0, 0);
      const news = ask(nc, lastSeq, 20_000);
      const body = { ...help(), commandId: newKey('plain'), actor: { role: 'requester', id: 'duty-desk' } };
      expect((await kent.command(MODE, 'kent', 'request-create', body as never)).kind).toBe('stored');
      const page = await news;
      expect(page.events[0]?.envelope.type).toBe('muster.request.submitted.v1');
      expect(page.events.every(({ seq }) => seq > lastSeq)).toBe(true);
      const rest = await ask(nc, page.lastSeq, 0);
      expect(rest.events.every(({ seq }) => seq > page.lastSeq)).toBe(true);
    } finally {
      await nc.close();
    }
  });

  it('can send no command with a reader key, and ask for nobody else', async () => {
    const nc = await open();
    try {
      for (const subject of [
        `cmd.${MODE}.kent.request-create`,
        `ask.${MODE}.essex.events`,
        `${MODE}.home.kent.x`,
      ]) {
        await expect(nc.request(subject, '{}', { timeout: 2_000 })).rejects.toThrow(/permissions violation/i);
      }
    } finally {
      await nc.close();
    }
  });
});

import { type Muster, startMuster } from '@muster/mesh/testing';
import { forEachWay } from '@muster/testkit';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Every stream that a force can write, with a subject of its own in it. */
const WRITABLE = [
  { stream: 'CAPABILITY_ACTUAL', subject: 'actual.capability.kent.c1' },
  { stream: 'HOME_ACTUAL', subject: 'actual.home.kent.c1' },
  { stream: 'DEADLETTER', subject: 'dead.actual.kent.force-adapter.bad-row' },
];

/** Headers by which a publisher can make the server remove messages, or publish in its place. */
const HARMFUL: { name: string; headers: [string, string][]; streams?: string[] }[] = [
  { name: 'a roll-up of everything', headers: [['Nats-Rollup', 'all']] },
  { name: 'a roll-up of a subject', headers: [['Nats-Rollup', 'sub']] },
  {
    name: 'a schedule that publishes for somebody else',
    headers: [
      ['Nats-Schedule', '@at 2020-01-01T00:00:00Z'],
      ['Nats-Schedule-Target', 'actual.capability.surrey.c1'],
    ],
  },
  { name: 'a time to live', headers: [['Nats-TTL', '1s']], streams: ['HOME_ACTUAL', 'DEADLETTER'] },
];

/** Longest wait for an answer, in milliseconds. */
const ANSWER_MS = 5_000;

type Ack = { stream?: string; seq?: number; error?: { description: string } };

const send = async (nc: NatsConnection, subject: string, pairs: [string, string][]): Promise<Ack> => {
  const marked = headers();
  for (const [name, value] of pairs) marked.set(name, value);
  return (await nc.request(subject, '{}', { headers: marked, timeout: ANSWER_MS })).json<Ack>();
};

await forEachWay(describe, 'what a force can write', (way) => {
  let muster: Muster;
  let kent: NatsConnection;
  beforeAll(async () => {
    muster = await startMuster({ way, orgs: ['kent', 'surrey'] });
    kent = (await muster.connect('kent.actual')).nc;
    const surrey = (await muster.connect('surrey.actual')).nc;
    await send(surrey, 'actual.capability.surrey.c1', []);
    await send(surrey, 'actual.home.surrey.c1', []);
    await send(surrey, 'dead.actual.surrey.force-adapter.bad-row', []);
  });
  afterAll(() => muster[Symbol.asyncDispose]());

  const stateOf = async (stream: string) => {
    const { messages, last_seq } = (await muster.admin.jsm.streams.info(stream)).state;
    return { messages, last_seq };
  };
  const cases = WRITABLE.flatMap((place) =>
    HARMFUL.filter(({ streams }) => streams?.includes(place.stream) ?? true).map((harm) => ({
      ...place,
      ...harm,
    })),
  );

  it.each(cases)('cannot be harmed by $name on $stream', async ({ stream, subject, headers: pairs }) => {
    const before = await stateOf(stream);
    const refused = await send(kent, subject, pairs);
    expect(refused.error?.description).toMatch(/rollup|rolled up|schedul|per-message ttl/i);
    expect(await stateOf(stream)).toEqual(before);
    expect(await send(kent, subject, [])).toMatchObject({ stream });
  });

  it('cannot use up the message id of another force for longer than a moment', async () => {
    const surrey = (await muster.connect('surrey.actual')).nc;
    const id: [string, string][] = [['Nats-Msg-Id', 'surrey.h-1-c1.1']];
    expect(await send(kent, 'actual.home.kent.c1', id)).toMatchObject({ stream: 'HOME_ACTUAL' });
    const { config } = await muster.admin.jsm.streams.info('HOME_ACTUAL');
    const window_ms = config.duplicate_window / 1_000_000;
    expect(window_ms).toBeLessThanOrEqual(100);
    await expect
      .poll(() => send(surrey, 'actual.home.surrey.c1', id), { timeout: 5_000, interval: window_ms })
      .not.toHaveProperty('duplicate');
  });

  it('is limited in size', async () => {
    const big = 'x'.repeat(300_000);
    const ack = (await kent.request('actual.home.kent.c1', big)).json<Ack>();
    expect(ack.error?.description).toBe('message size exceeds maximum allowed');
  });
});

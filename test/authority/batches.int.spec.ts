import { type Muster, startMuster } from '@muster/mesh/testing';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** More batches than the server lets one stream have open. */
const BATCHES = 520;
/** Longest wait for an answer, in milliseconds: the server takes its time over every batch that is begun. */
const ANSWER_MS = 25_000;

type Ack = { seq?: number; batch?: string; count?: number; error?: { err_code: number } };

const batchHeaders = (id: string, n: number, last = false) => {
  const marked = headers();
  marked.set('Nats-Batch-Id', id);
  marked.set('Nats-Batch-Sequence', String(n));
  if (last) marked.set('Nats-Batch-Commit', '1');
  return marked;
};

/** Begins batches on the home stream, and finishes none. */
const leaveOpen = async (nc: NatsConnection): Promise<void> => {
  for (let n = 0; n < BATCHES; n++) {
    nc.publish(`actual.home.kent.c${n}`, '{}', { headers: batchHeaders(`open-${n}`, 1) });
  }
  await nc.flush();
};

const storeTwo = async (nc: NatsConnection, subjects: [string, string]): Promise<Ack> => {
  nc.publish(subjects[0], '{}', { headers: batchHeaders('two', 1) });
  const answer = await nc.request(subjects[1], '{}', {
    headers: batchHeaders('two', 2, true),
    timeout: ANSWER_MS,
  });
  return answer.json<Ack>();
};

describe('a force that leaves batches open on the stream of all home ledgers', () => {
  let muster: Muster;
  beforeAll(async () => {
    muster = await startMuster({ orgs: ['kent', 'surrey'], modes: ['actual'], syncAlways: false });
    await leaveOpen((await muster.connect('kent.actual')).nc);
  });
  afterAll(() => muster[Symbol.asyncDispose]());

  it("delays another force's single records, and does not keep them out", async () => {
    const { nc } = await muster.connect('surrey.actual');
    const ack = (await nc.request('actual.home.surrey.c1', '{}', { timeout: ANSWER_MS })).json<Ack>();
    expect(ack.seq).toBeGreaterThan(0);
    expect(ack.error).toBeUndefined();
  });

  it("does not keep out the ledger's batches", async () => {
    const { nc } = await muster.connect('hub-broker');
    const ack = await storeTwo(nc, ['actual.request.kent.R1.issued._', 'actual.booking.kent.c1']);
    expect(ack).toMatchObject({ batch: 'two', count: 2, seq: 2 });
  });
});

import { type Aggregate, bookingSubject } from '@muster/contracts';
import { type Appender, createAppender, type Mesh } from '@muster/mesh';
import { headers as natsHeaders } from '@nats-io/nats-core';
import { baselineHeaders, bookingChanged } from './events.ts';
import { type Comparison, compare, timed } from './measure.ts';

const MODE = 'exercise' as const;
const ONE_BY_ONE = 1_500;
const PIPELINED = 6_000;
const IN_FLIGHT = 256;
const BATCHES = 40;
const BATCH_SIZE = 100;

const headersOf = (commandId: string, n: number) => {
  const made = natsHeaders();
  for (const [key, value] of baselineHeaders(commandId, n)) made.set(key, value);
  return made;
};

/** Each worker appends to a capability of its own, one after the other; `run` makes names unique. */
type Worker = (capabilityId: string, count: number) => Promise<void>;

const rawWorker =
  (mesh: Mesh): Worker =>
  async (capabilityId, count) => {
    const subject = bookingSubject(MODE, 'kent', capabilityId);
    let last = 0;
    for (let version = 1; version <= count; version += 1) {
      const commandId = `${capabilityId}-${version}`;
      const ack = await mesh.js.publish(subject, JSON.stringify(bookingChanged(capabilityId, version).data), {
        msgID: `hub.${commandId}.1`,
        expect: { lastSubjectSequence: last },
        headers: headersOf(commandId, 1),
      });
      last = ack.seq;
    }
  };

const writerOf = (commandId: string) => ({
  org: 'hub',
  commandId,
  source: '/muster/hub/bench',
  actor: 'hub/broker/bench',
  time: '2026-11-22T21:00:00.000Z',
  classification: 'OFFICIAL' as const,
  correlationId: 'bench-request-0001',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});

const aggregateOf = (id: string): Aggregate => ({ kind: 'booking', owner: 'kent', id });

const ourWorker =
  (appender: Appender): Worker =>
  async (capabilityId, count) => {
    let lastSeq = 0;
    for (let version = 1; version <= count; version += 1) {
      const outcome = await appender.append({
        mode: MODE,
        stream: 'ASSISTANCE',
        writer: writerOf(`${capabilityId}-${version}`),
        events: [bookingChanged(capabilityId, version)],
        expect: [{ aggregate: aggregateOf(capabilityId), lastSeq }],
      });
      if (outcome.kind !== 'stored') throw new Error(`append: ${JSON.stringify(outcome)}`);
      lastSeq = outcome.seq;
    }
  };

const spread = (worker: Worker, prefix: string, workers: number, total: number): Promise<void> =>
  Promise.all(
    Array.from({ length: workers }, (_, n) => worker(`${prefix}-${n}`, Math.floor(total / workers))),
  ).then(() => undefined);

const rawBatch = async (mesh: Mesh, prefix: string): Promise<void> => {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const id = `${prefix}-${batch}`;
    for (let n = 1; n <= BATCH_SIZE; n += 1) {
      const capabilityId = `${id}-${n}`;
      const subject = bookingSubject(MODE, 'kent', capabilityId);
      const headers = headersOf(id, n);
      headers.set('Nats-Msg-Id', `hub.${id}.${n}`);
      headers.set('Nats-Expected-Last-Subject-Sequence', '0');
      headers.set('Nats-Batch-Id', id);
      headers.set('Nats-Batch-Sequence', String(n));
      const body = JSON.stringify(bookingChanged(capabilityId, 1).data);
      if (n < BATCH_SIZE) {
        mesh.nc.publish(subject, body, { headers });
        continue;
      }
      headers.set('Nats-Batch-Commit', '1');
      const reply = await mesh.nc.request(subject, body, { headers, timeout: 10_000 });
      const ack = reply.json<{ error?: unknown; count?: number }>();
      if (ack.error || ack.count !== BATCH_SIZE) throw new Error(`raw batch: ${reply.string()}`);
    }
  }
};

const ourBatch = async (appender: Appender, prefix: string): Promise<void> => {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const id = `${prefix}-${batch}`;
    const names = Array.from({ length: BATCH_SIZE }, (_, n) => `${id}-${n + 1}`);
    const outcome = await appender.append({
      mode: MODE,
      stream: 'ASSISTANCE',
      writer: writerOf(id),
      events: names.map((name) => bookingChanged(name, 1)),
      expect: names.map((name) => ({ aggregate: aggregateOf(name), lastSeq: 0 })),
    });
    if (outcome.kind !== 'stored') throw new Error(`batch: ${JSON.stringify(outcome)}`);
  }
};

/** Typed append against the raw client, each write guarded: one by one, pipelined, in batches. */
export const benchAppend = async (mesh: Mesh): Promise<Comparison[]> => {
  const appender = createAppender(mesh);
  const raw = rawWorker(mesh);
  const ours = ourWorker(appender);
  return [
    await compare(
      'append, one by one',
      0.9,
      (r) => timed(ONE_BY_ONE, () => spread(raw, `a-raw-${r}`, 1, ONE_BY_ONE)),
      (r) => timed(ONE_BY_ONE, () => spread(ours, `a-own-${r}`, 1, ONE_BY_ONE)),
    ),
    await compare(
      `append, ${IN_FLIGHT} in flight`,
      0.8,
      (r) => timed(PIPELINED, () => spread(raw, `p-raw-${r}`, IN_FLIGHT, PIPELINED)),
      (r) => timed(PIPELINED, () => spread(ours, `p-own-${r}`, IN_FLIGHT, PIPELINED)),
    ),
    await compare(
      `append, atomic batches of ${BATCH_SIZE}`,
      0.8,
      (r) => timed(BATCHES * BATCH_SIZE, () => rawBatch(mesh, `b-raw-${r}`)),
      (r) => timed(BATCHES * BATCH_SIZE, () => ourBatch(appender, `b-own-${r}`)),
    ),
  ];
};

import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppender } from '../append/append.ts';
import type { Mesh } from '../connect/connect.ts';
import { listDead, replayDead } from '../dead/dead.ts';
import { cancelled, cancelNotice, homeOpened, request, writer } from '../fixture/events.ts';
import { adapterDurable } from '../streams/durables.ts';
import { type Muster, startMuster } from '../testing/mod.ts';
import type { Verdict, WorkMessage } from './types.ts';
import { work } from './work.ts';

let muster: Muster;
let hub: Mesh;
let kent: Mesh;

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent', 'essex'], modes: ['actual'] });
  hub = await muster.connect('hub-broker');
  kent = await muster.connect('kent.actual');
});
afterAll(async () => muster[Symbol.asyncDispose]());

const cancel = async (requestId: string): Promise<number> => {
  const outcome = await createAppender(hub).append({
    mode: 'actual',
    stream: 'ASSISTANCE',
    writer: writer(`cancel-${requestId}`),
    events: [cancelled(requestId), cancelNotice(requestId, 'kent'), cancelNotice(requestId, 'essex')],
    expect: [{ aggregate: request(requestId), lastSeq: 0 }],
  });
  if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
  return outcome.seq;
};

describe("a force's durable, through its own account", () => {
  it('gives it what is addressed to it, and takes retries, dead letters and replays', async () => {
    const last = await cancel('r1');
    const seen: WorkMessage[] = [];
    let verdict: (message: WorkMessage) => Verdict = ({ deliveries }) =>
      deliveries < 3
        ? { do: 'retry', afterMs: 10, because: 'not yet' }
        : { do: 'dead', reason: 'bad-event', because: 'no' };
    const worker = work(kent, {
      stream: 'ASSISTANCE_ACTUAL',
      durable: adapterDurable('kent'),
      mode: 'actual',
      owner: 'kent',
      service: 'force-adapter',
      handle: async (message) => {
        seen.push(message);
        return verdict(message);
      },
    });
    await eventually(() => worker.handled() === 1);
    expect(seen.map(({ seq, deliveries }) => [seq, deliveries])).toEqual([
      [last - 1, 1],
      [last - 1, 2],
      [last - 1, 3],
    ]);
    expect(seen[0]?.subject).toBe('actual.request.essex.r1.notice.kent');
    expect(seen[0]?.decode()).toMatchObject({
      ok: true,
      stored: {
        seq: last - 1,
        event: cancelNotice('r1', 'kent'),
        subject: 'actual.request.essex.r1.notice.kent',
      },
    });
    const [letter] = await listDead(muster.admin, { owner: 'kent' });
    expect(letter?.origin?.subject).toBe('actual.request.essex.r1.notice.kent');
    verdict = () => ({ do: 'ack' });
    expect(await replayDead(muster.admin, letter?.seq ?? 0, { by: 'hub/force-ict/desk' })).toMatchObject({
      kind: 'replayed',
    });
    expect(seen.at(-1)?.decode()).toMatchObject({ ok: true, stored: { event: cancelNotice('r1', 'kent') } });
    await cancel('r2');
    await eventually(() => worker.handled() === 2);
    await eventually(async () => {
      const { num_pending, num_ack_pending } = await muster.admin.jsm.consumers.info(
        'ASSISTANCE_ACTUAL',
        adapterDurable('kent'),
      );
      return num_pending === 0 && num_ack_pending === 0;
    });
    await worker.stop();
  });

  it("gives it nothing of another force's", async () => {
    const seen: number[] = [];
    const worker = work(kent, {
      stream: 'ASSISTANCE_ACTUAL',
      durable: adapterDurable('essex'),
      mode: 'actual',
      owner: 'kent',
      service: 'force-adapter',
      handle: async ({ seq }) => {
        seen.push(seq);
        return { do: 'ack' };
      },
    });
    await cancel('r3');
    const info = () => muster.admin.jsm.consumers.info('ASSISTANCE_ACTUAL', adapterDurable('essex'));
    await eventually(async () => (await info()).num_pending > 0);
    expect((await info()).delivered.consumer_seq).toBe(0);
    expect(seen).toEqual([]);
    await worker.stop();
  });
});

describe('append, through accounts', () => {
  it("stores in a force's own home ledger, and says no in another's", async () => {
    const appender = createAppender(kent, { deadlineMs: 1_000 });
    const of = (donor: string) => ({
      mode: 'actual' as const,
      stream: 'HOME' as const,
      writer: writer('h1', 'kent'),
      events: [{ type: 'muster.home.opened.v1' as const, data: { ...homeOpened('c1').data, donor } }],
      expect: [{ aggregate: { kind: 'home' as const, owner: donor, id: 'c1' }, lastSeq: 0 }],
    });
    expect(await appender.append(of('kent'))).toMatchObject({ kind: 'stored' });
    expect(await appender.append(of('kent'))).toMatchObject({ kind: 'conflict' });
    expect(await appender.append(of('essex'))).toMatchObject({ kind: 'refused', code: 403 });
  });

  it('stores several home records of a force together', async () => {
    const outcome = await createAppender(kent).append({
      mode: 'actual',
      stream: 'HOME',
      writer: writer('h2', 'kent'),
      events: [homeOpened('d1'), homeOpened('d2'), homeOpened('d3')],
      expect: ['d1', 'd2', 'd3'].map((id) => ({
        aggregate: { kind: 'home' as const, owner: 'kent', id },
        lastSeq: 0,
      })),
    });
    expect(outcome).toMatchObject({ kind: 'stored', ids: ['kent.h2.1', 'kent.h2.2', 'kent.h2.3'] });
  });
});

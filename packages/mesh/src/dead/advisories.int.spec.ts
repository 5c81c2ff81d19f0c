import { DEAD_LETTER_STREAM } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import type { JsMsg } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapterDurable } from '../streams/durables.ts';
import { type Muster, startMuster } from '../testing/mod.ts';
import { headersOf } from '../wire/headers.ts';
import type { WorkMessage } from '../worker/types.ts';
import { work } from '../worker/work.ts';
import { listDead, replayDead, showDead } from './dead.ts';
import type { DeadLetter } from './types.ts';

const STREAM = 'HOME_ACTUAL';
const DURABLE = 'GIVES_UP';
/** Longest wait for a message, in milliseconds. */
const NEXT_MS = 5_000;
/** Shortest wait that the client lets a pull have, in milliseconds. */
const AGAIN_MS = 1_000;

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent'], modes: ['actual'] });
  // As somebody else's consumer might be: ours hand over without a limit.
  await muster.admin.jsm.consumers.add(STREAM, {
    durable_name: DURABLE,
    ack_policy: 'explicit',
    max_deliver: 1,
  });
});
afterAll(() => muster[Symbol.asyncDispose]());

/** Stores one message, hands it over and lets `end` say what becomes of it. */
const handOver = async (end: (msg: JsMsg) => void): Promise<number> => {
  const { seq } = await muster.admin.js.publish('actual.home.kent.c1', '{}', {
    headers: headersOf([['x-of', 'spec']]),
  });
  const durable = await muster.admin.js.consumers.get(STREAM, DURABLE);
  const msg = await durable.next({ expires: NEXT_MS });
  if (msg?.seq !== seq) throw new Error(`message ${seq} was not handed over`);
  end(msg);
  return seq;
};

/** What the list shows of one message. */
const listed = async (stream: string, seq: number): Promise<DeadLetter[]> =>
  (await listDead(muster.admin)).filter(({ origin }) => origin?.stream === stream && origin.seq === seq);

describe('a message that the server gives up', () => {
  it.each([
    [
      'terminated',
      'its consumer ended it, and no service kept it: no use',
      (msg: JsMsg) => msg.term('no use'),
    ],
    ['max-deliveries', expect.stringContaining('as often as its consumer allows'), (msg: JsMsg) => msg.nak()],
  ])('is shown with the dead letters, by the words of the server: %s', async (reason, because, end) => {
    const seq = await handOver(end);
    const durable = await muster.admin.js.consumers.get(STREAM, DURABLE);
    const [letter] = await eventually(
      async () => {
        // The server finds that the limit is reached when it is asked to hand the message over again.
        await durable.next({ expires: AGAIN_MS });
        const found = await listed(STREAM, seq);
        return found.length > 0 ? found : undefined;
      },
      { what: `message ${seq} is listed` },
    );
    const subject = 'actual.home.kent.c1';
    const origin = { stream: STREAM, durable: DURABLE, seq, subject, deliveries: 1 };
    const words = { mode: 'actual', owner: 'hub', service: DURABLE, reason, because, origin };
    expect(letter).toMatchObject(words);
    const shown = await showDead(muster.admin, letter?.seq ?? 0);
    expect(shown).toMatchObject({ ...words, headers: [['x-of', 'spec']] });
    expect(Buffer.from(shown?.body ?? []).toString()).toBe('{}');
    expect(await listDead(muster.admin, { reason, mode: 'exercise' })).toEqual([]);
    expect(await replayDead(muster.admin, letter?.seq ?? 0, { by: 'hub/force-ict/desk' })).toMatchObject({
      kind: 'not-replayable',
      because: expect.stringContaining(DURABLE),
    });
  });

  it('goes to the worker of its durable once more when it is replayed, and is then off the list', async () => {
    const stream = 'ASSISTANCE_ACTUAL';
    const name = adapterDurable('kent');
    const { seq } = await muster.admin.js.publish('actual.booking.kent.c1', '{}');
    const durable = await muster.admin.js.consumers.get(stream, name);
    (await durable.next({ expires: NEXT_MS }))?.term('by hand');
    const [letter] = await eventually(async () => {
      const found = await listed(stream, seq);
      return found.length > 0 ? found : undefined;
    });
    expect(letter).toMatchObject({ owner: 'kent', service: 'force-adapter', reason: 'terminated' });
    const seen: WorkMessage[] = [];
    const worker = work(muster.admin, {
      stream,
      durable: name,
      mode: 'actual',
      owner: 'kent',
      service: 'force-adapter',
      handle: async (message) => {
        seen.push(message);
        return { do: 'ack' };
      },
    });
    const replayed = await eventually(async () => {
      const outcome = await replayDead(muster.admin, letter?.seq ?? 0, { by: 'hub/force-ict/desk' });
      return outcome.kind === 'no-worker' ? undefined : outcome;
    });
    expect(replayed).toMatchObject({ kind: 'replayed' });
    expect(seen).toMatchObject([{ seq, subject: 'actual.booking.kent.c1' }]);
    await worker.stop();
    expect(await listed(stream, seq)).toEqual([]);
  });

  it('is told once where a service kept a letter of it', async () => {
    const stream = 'ASSISTANCE_ACTUAL';
    const durable = adapterDurable('kent');
    const { seq } = await muster.admin.js.publish('actual.booking.kent.c2', '{}');
    const worker = work(muster.admin, {
      stream,
      durable,
      mode: 'actual',
      owner: 'kent',
      service: 'force-adapter',
      handle: async () => ({ do: 'dead', reason: 'bad-event', because: 'no envelope' }),
    });
    await eventually(() => worker.handled() === 1);
    await worker.stop();
    await eventually(
      async () => {
        const subject = `$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.${stream}.${durable}`;
        const told = await muster.admin.jsm.streams.getMessage(DEAD_LETTER_STREAM, { last_by_subj: subject });
        return told?.json<{ stream_seq: number }>().stream_seq === seq;
      },
      { what: 'the server has said that it was ended' },
    );
    expect(await listed(stream, seq)).toMatchObject([{ reason: 'bad-event', because: 'no envelope' }]);
  });
});

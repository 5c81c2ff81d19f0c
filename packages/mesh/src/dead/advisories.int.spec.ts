import { DEAD_LETTER_STREAM } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import type { JsMsg } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { z } from 'zod';
import { type Muster, startMuster } from '../testing/mod.ts';

const STREAM = 'HOME_ACTUAL';
const DURABLE = 'GIVES_UP';
/** Longest wait for a message, in milliseconds. */
const NEXT_MS = 5_000;
/** Shortest wait that the client lets a pull have, in milliseconds. */
const AGAIN_MS = 1_000;

const advisory = z.object({ stream: z.literal(STREAM), consumer: z.literal(DURABLE), stream_seq: z.int() });

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
  const { seq } = await muster.admin.js.publish('actual.home.kent.c1', '{}');
  const durable = await muster.admin.js.consumers.get(STREAM, DURABLE);
  const msg = await durable.next({ expires: NEXT_MS });
  if (msg?.seq !== seq) throw new Error(`message ${seq} was not handed over`);
  end(msg);
  return seq;
};

/** The sequence of the message of which the last advisory in the stream of dead letters tells. */
const toldOf = async (kind: string): Promise<number | undefined> => {
  const stored = await muster.admin.jsm.streams.getMessage(DEAD_LETTER_STREAM, {
    last_by_subj: `$JS.EVENT.ADVISORY.CONSUMER.${kind}.${STREAM}.${DURABLE}`,
  });
  return stored ? advisory.parse(stored.json()).stream_seq : undefined;
};

describe('what the server says of a message that nobody handles any more', () => {
  it.each([
    ['MSG_TERMINATED', 'it was terminated', (msg: JsMsg) => msg.term('no use')],
    ['MAX_DELIVERIES', 'it was handed over too often', (msg: JsMsg) => msg.nak()],
  ])('is kept with the dead letters (%s): %s', async (kind, _, end) => {
    const seq = await handOver(end);
    const durable = await muster.admin.js.consumers.get(STREAM, DURABLE);
    await eventually(
      async () => {
        // The server finds that the limit is reached when it is asked to hand the message over again.
        await durable.next({ expires: AGAIN_MS });
        return (await toldOf(kind)) === seq;
      },
      { what: `${kind} of ${seq} is in ${DEAD_LETTER_STREAM}` },
    );
  });
});

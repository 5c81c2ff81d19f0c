import { type Broker, eventually, startBroker } from '@muster/testkit';
import { nanos } from '@nats-io/nats-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../append/append.ts';
import { booking, bookingOpened, writer } from '../fixture/events.ts';
import { openLink, type TestLink } from '../fixture/link.ts';
import { addStreams, deadStream, ledgerStream } from '../fixture/streams.ts';
import { work } from './work.ts';

const STREAM = 'ASSISTANCE_ACTUAL';
const DURABLE = 'WORK';
/** More than the worker holds ready, so that what comes again finds a full queue. */
const MESSAGES = 40;
const ACK_WAIT_MS = 1_500;

let broker: Broker;
let link: TestLink;

beforeEach(async () => {
  broker = await startBroker();
  link = await openLink(broker.url);
  await addStreams(link.jsm, ledgerStream({}), deadStream);
  await link.jsm.consumers.add(STREAM, {
    durable_name: DURABLE,
    ack_policy: 'explicit',
    ack_wait: nanos(ACK_WAIT_MS),
    max_ack_pending: 64,
  });
});
afterEach(async () => {
  await link.close();
  await broker[Symbol.asyncDispose]();
});

describe('a message that another process took with it when it died', () => {
  it('goes before later ones that wait for it, even when many are waiting', async () => {
    const appender = createAppender(link);
    for (let n = 1; n <= MESSAGES; n += 1) {
      await appender.append({
        mode: 'actual',
        stream: 'ASSISTANCE',
        writer: writer(`open-${n}`),
        events: [bookingOpened(`c${n}`)],
        expect: [{ aggregate: booking(`c${n}`), lastSeq: 0 }],
      });
    }
    const taken = await link.js.consumers.get(STREAM, DURABLE).then((durable) => durable.next());
    expect(taken?.seq).toBe(1);

    const done: number[] = [];
    const worker = work(link, {
      stream: STREAM,
      durable: DURABLE,
      mode: 'actual',
      owner: 'hub',
      service: 'request-broker',
      handle: async ({ seq }) => {
        if (seq !== done.length + 1)
          return { do: 'retry', afterMs: 50, because: 'those before it come first' };
        done.push(seq);
        return { do: 'ack' };
      },
    });
    await eventually(() => worker.handled() === MESSAGES, { deadlineMs: 20_000 });
    await worker.stop();
    expect(done).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1));
  });
});

import { eventually } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, DURABLE, openBench, options, putOpened, STREAM } from '../fixture/working.ts';
import { work } from './work.ts';

/** More than the worker holds ready, so that what comes again finds a full queue. */
const MESSAGES = 40;
const ACK_WAIT_MS = 1_500;

let bench: Bench;

beforeEach(async () => {
  bench = await openBench({ ackWaitMs: ACK_WAIT_MS, pendingMax: 64 });
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a message that another process took with it when it died', () => {
  it('goes before later ones that wait for it, even when many are waiting', async () => {
    const { link } = bench;
    await putOpened(link, MESSAGES);
    const taken = await link.js.consumers.get(STREAM, DURABLE).then((durable) => durable.next());
    expect(taken?.seq).toBe(1);

    const done: number[] = [];
    const worker = work(
      link,
      options(async ({ seq }) => {
        if (seq !== done.length + 1)
          return { do: 'retry', afterMs: 50, because: 'those before it come first' };
        done.push(seq);
        return { do: 'ack' };
      }),
    );
    await eventually(() => worker.handled() === MESSAGES, { deadlineMs: 20_000 });
    await worker.stop();
    expect(done).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1));
  });
});

import { type Broker, eventually, startProxy } from '@muster/testkit';
import { nanos } from '@nats-io/nats-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../append/append.ts';
import { listDead, replayDead, showDead } from '../dead/dead.ts';
import { booking, bookingOpened, writer } from '../fixture/events.ts';
import { openLink, type TestLink } from '../fixture/link.ts';
import { keepLines } from '../fixture/log.ts';
import { addStreams, deadStream } from '../fixture/streams.ts';
import {
  ack,
  type Bench,
  DURABLE,
  openBench,
  options,
  putOpened,
  retry,
  STREAM,
} from '../fixture/working.ts';
import { headersOf } from '../wire/headers.ts';
import type { WorkMessage } from './types.ts';
import { work } from './work.ts';

/** Milliseconds after which the server hands an unacknowledged message over again: usually, and where a spec waits for it. */
const ACK_WAIT_MS = 30_000;
const SHORT_ACK_WAIT_MS = 500;

let bench: Bench;
let broker: Broker;
let link: TestLink;

beforeEach(async () => {
  bench = await openBench({ ackWaitMs: ACK_WAIT_MS, pendingMax: 100 });
  ({ broker, link } = bench);
});
afterEach(() => bench[Symbol.asyncDispose]());

const waitLess = () => link.jsm.consumers.update(STREAM, DURABLE, { ack_wait: nanos(SHORT_ACK_WAIT_MS) });

const put = (count: number, prefix?: string): Promise<void> => putOpened(link, count, prefix);

const SETTLED = { deadlineMs: 10_000, what: 'nothing is left to hand over or to acknowledge' };

/** Nothing is left to hand over or to acknowledge. */
const settled = () =>
  eventually(async () => {
    const { num_pending, num_ack_pending } = await link.jsm.consumers.info(STREAM, DURABLE);
    return num_pending === 0 && num_ack_pending === 0;
  }, SETTLED);

describe('a message that is handed over', () => {
  it('names itself and its trace in the lines of its handler', async () => {
    const { log, lines } = keepLines();
    const outcome = await createAppender(link).append({
      mode: 'actual',
      stream: 'ASSISTANCE',
      writer: { ...writer('traced'), traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
      events: [bookingOpened('t1')],
      expect: [{ aggregate: booking('t1'), lastSeq: 0 }],
    });
    expect(outcome.kind).toBe('stored');
    const traces: string[] = [];
    const worker = work(
      { nc: link.nc, log },
      options(async (message) => {
        traces.push(message.traceparent, message.traceparent);
        message.log.info('in hand');
        return message.deliveries < 2 ? retry() : ack;
      }),
    );
    await eventually(() => worker.handled() === 1);
    await worker.stop();
    const [first, same, second] = traces;
    expect(first).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/);
    expect([first === same, first === second]).toEqual([true, false]);
    const subject = 'actual.booking.kent.t1';
    const names = { seq: 1, subject, type: 'muster.booking.opened.v1', eventId: 'hub.traced.1' };
    expect(lines.filter(({ msg }) => msg === 'in hand')).toEqual([
      expect.objectContaining({ ...names, deliveries: 1, traceparent: first }),
      expect.objectContaining({ ...names, deliveries: 2, traceparent: second }),
    ]);
  });
});

describe('work', () => {
  it('hands over what stands there and what comes, in order, and acknowledges it', async () => {
    await put(30, 'a');
    const seen: number[] = [];
    const worker = work(
      link,
      options(async (message) => {
        seen.push(message.seq);
        return ack;
      }),
    );
    await eventually(() => seen.length === 30);
    await put(30, 'b');
    await eventually(() => worker.handled() === 60);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    await settled();
    await worker.stop();
  });

  it('shows the message as an event, with its headers and its number of hand-overs', async () => {
    await put(1);
    const seen: WorkMessage[] = [];
    const worker = work(
      link,
      options(async (message) => {
        seen.push(message);
        return ack;
      }),
    );
    await eventually(() => seen.length === 1);
    const [message] = seen;
    expect(message?.deliveries).toBe(1);
    expect(message?.subject).toBe('actual.booking.kent.c1');
    expect(message?.header('ce-id')).toBe('hub.open-c1.1');
    expect(message?.decode()).toMatchObject({ ok: true, stored: { seq: 1, event: bookingOpened('c1') } });
    await worker.stop();
  });

  it('keeps the order when a message has to be tried again', async () => {
    await put(6);
    const seen: string[] = [];
    const worker = work(
      link,
      options(async ({ seq, deliveries }) => {
        seen.push(`${seq}/${deliveries}`);
        return seq === 2 && deliveries < 4 ? retry() : ack;
      }),
    );
    await eventually(() => worker.handled() === 6);
    expect(seen).toEqual(['1/1', '2/1', '2/2', '2/3', '2/4', '3/1', '4/1', '5/1', '6/1']);
    await settled();
    await worker.stop();
  });

  it('in parallel, does not let one message hold up the others', async () => {
    await put(6);
    const done: number[] = [];
    const worker = work(
      link,
      options(
        async ({ seq, deliveries }) => {
          if (seq === 1 && deliveries < 3) return retry(50);
          done.push(seq);
          return ack;
        },
        { parallel: 4 },
      ),
    );
    await eventually(() => worker.handled() === 6);
    expect(done.at(-1)).toBe(1);
    expect([...done].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    await settled();
    await worker.stop();
  });

  it('gets a message again when the process dies between effect and acknowledgement', async () => {
    await waitLess();
    await put(1);
    const doomed = await openLink(broker.url);
    const first: number[] = [];
    work(
      doomed,
      options(async ({ deliveries }) => {
        first.push(deliveries);
        await doomed.close();
        return ack;
      }),
    );
    await eventually(() => first.length === 1);
    const second: number[] = [];
    const worker = work(
      link,
      options(async ({ deliveries }) => {
        second.push(deliveries);
        return ack;
      }),
    );
    await eventually(() => worker.handled() === 1, { deadlineMs: 20 * SHORT_ACK_WAIT_MS });
    expect(second).toEqual([2]);
    await settled();
    await worker.stop();
  });

  it('finishes what it is doing when it is stopped, and puts the rest back at once', async () => {
    await put(10);
    const seen: number[] = [];
    const stopping = Promise.withResolvers<void>();
    const worker = work(
      link,
      options(async ({ seq }) => {
        seen.push(seq);
        if (seq === 3) await stopping.promise;
        return ack;
      }),
    );
    await eventually(() => seen.length === 3);
    const stopped = worker.stop();
    stopping.resolve();
    await stopped;
    expect(seen).toEqual([1, 2, 3]);
    const rest: number[] = [];
    const next = work(
      link,
      options(async ({ seq }) => {
        rest.push(seq);
        return ack;
      }),
    );
    await eventually(() => next.handled() === 7);
    expect([...rest].sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9, 10]);
    await next.stop();
  });

  it('goes on after the connection was cut and after the server was killed', async () => {
    await waitLess();
    await using proxy = await startProxy({ port: broker.port });
    await using far = await openLink(proxy.url);
    const seen = new Set<number>();
    const worker = work(
      far,
      options(async ({ seq }) => {
        seen.add(seq);
        return ack;
      }),
    );
    await put(5, 'a');
    await eventually(() => seen.size === 5);
    proxy.cut();
    await put(5, 'b');
    proxy.heal();
    await eventually(() => seen.size === 10, { deadlineMs: 20_000 });
    await broker.kill9();
    await broker.start();
    await eventually(() => put(5, 'c').then(() => true), { deadlineMs: 20_000 });
    await eventually(() => seen.size === 15, { deadlineMs: 20_000 });
    await settled();
    await worker.stop();
  });
});

describe('dead letters', () => {
  it('keep the bytes, the headers and the origin of what could not be handled', async () => {
    await link.js.publish('actual.booking.kent.c1', 'not json');
    const worker = work(
      link,
      options(async (message) => {
        const decoded = message.decode();
        return decoded.ok ? ack : { do: 'dead', reason: 'bad-event', because: `Zoë: ${decoded.because}` };
      }),
    );
    const [letter] = await eventually(async () => {
      const letters = await listDead(link);
      return letters.length > 0 ? letters : undefined;
    });
    expect(letter).toMatchObject({
      mode: 'actual',
      owner: 'hub',
      service: 'request-broker',
      reason: 'bad-event',
      because: expect.stringContaining('Zoë: header ce-specversion'),
      origin: { stream: STREAM, durable: DURABLE, seq: 1, subject: 'actual.booking.kent.c1', deliveries: 1 },
    });
    const detail = await showDead(link, letter?.seq ?? 0);
    expect(new TextDecoder().decode(detail?.body)).toBe('not json');
    await settled();
    expect(await listDead(link, { owner: 'kent' })).toEqual([]);
    await worker.stop();
  });

  it('come from messages that were tried too often or on which the handler throws', async () => {
    await put(2);
    const worker = work(
      link,
      options(
        async ({ seq }) => {
          if (seq === 1) return retry(1);
          throw new Error('cannot');
        },
        { deliveriesMax: 3 },
      ),
    );
    await eventually(() => worker.handled() === 2, { deadlineMs: 10_000 });
    const letters = await listDead(link);
    expect(letters.map(({ reason, origin }) => [reason, origin?.seq, origin?.deliveries])).toEqual([
      ['gave-up', 1, 3],
      ['handler-failed', 2, 3],
    ]);
    expect(letters[1]?.because).toContain('cannot');
    await worker.stop();
  });

  it('are stored before the message is given up: without their stream it stays in work', async () => {
    await link.jsm.streams.delete('DEADLETTER');
    await put(1);
    let tries = 0;
    const worker = work(
      link,
      options(async () => {
        tries += 1;
        return { do: 'dead', reason: 'bad-event', because: 'no' };
      }),
    );
    await eventually(() => tries >= 2);
    expect(worker.handled()).toBe(0);
    await addStreams(link.jsm, deadStream);
    await eventually(() => worker.handled() === 1);
    expect((await listDead(link)).map(({ reason }) => reason)).toEqual(['bad-event']);
    await worker.stop();
  });

  it('are written without the headers when these are too large for a letter', async () => {
    await link.jsm.streams.update('DEADLETTER', { max_msg_size: 2_000 });
    await link.nc.request('actual.booking.kent.c1', 'not json', {
      timeout: 5_000,
      headers: headersOf(Array.from({ length: 100 }, (_, n) => [`x-${n}`, 'y'.repeat(20)] as const)),
    });
    const worker = work(
      link,
      options(async () => ({ do: 'dead', reason: 'bad-event', because: 'no' })),
    );
    await eventually(() => worker.handled() === 1);
    const [letter] = await listDead(link);
    expect(letter?.because).toBe('(its headers are left out: too large) no');
    await worker.stop();
  });

  it('that the server refuses keep their message in work', async () => {
    await link.jsm.streams.update('DEADLETTER', { max_msg_size: 10 });
    await put(1);
    let tries = 0;
    const worker = work(
      link,
      options(async () => {
        tries += 1;
        return { do: 'dead', reason: 'bad-event', because: 'no' };
      }),
    );
    await eventually(() => tries >= 2);
    expect(worker.handled()).toBe(0);
    expect(await listDead(link)).toEqual([]);
    await link.jsm.streams.update('DEADLETTER', { max_msg_size: 100_000 });
    await eventually(() => worker.handled() === 1);
    await worker.stop();
  });

  it('can be handed to the handler once more, which is noted and takes them off the list', async () => {
    await put(1);
    let mended = false;
    const seen: string[] = [];
    const worker = work(
      link,
      options(async (message) => {
        const decoded = message.decode();
        seen.push(decoded.ok ? decoded.stored.envelope.id : decoded.because);
        return mended ? ack : { do: 'dead', reason: 'bad-event', because: 'not mended' };
      }),
    );
    await eventually(() => worker.handled() === 1);
    const [letter] = await listDead(link);
    const seq = letter?.seq ?? 0;
    expect(await replayDead(link, seq, { by: 'hub/broker/desk' })).toEqual({
      kind: 'still-dead',
      because: 'not mended',
    });
    expect(await listDead(link)).toHaveLength(1);
    mended = true;
    expect(await replayDead(link, seq, { by: 'hub/broker/desk' })).toMatchObject({ kind: 'replayed' });
    expect(seen).toEqual(['hub.open-c1.1', 'hub.open-c1.1', 'hub.open-c1.1']);
    expect(await listDead(link)).toEqual([]);
    expect(await listDead(link, { includeReplayed: true })).toMatchObject([
      { seq, replayedAt: expect.any(String) },
    ]);
    await worker.stop();
    expect(await replayDead(link, seq, { by: 'hub/broker/desk' })).toMatchObject({ kind: 'no-worker' });
    expect(await replayDead(link, 999, { by: 'hub/broker/desk' })).toMatchObject({ kind: 'not-found' });
  });
});

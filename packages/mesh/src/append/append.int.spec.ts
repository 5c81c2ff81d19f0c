import { type Broker, startBroker } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  booking,
  bookingChanged,
  bookingOpened,
  cancelled,
  cancelNotice,
  homeOpened,
  request,
  writer,
} from '../fixture/events.ts';
import { openLink, type TestLink } from '../fixture/link.ts';
import { addStreams, capabilityStream, homeStream, ledgerStream } from '../fixture/streams.ts';
import { createAppender } from './append.ts';
import type { AppendOutcome, AppendRequest } from './types.ts';

/** Milliseconds for which the ledger remembers an id where a test waits until it has forgotten one. */
const DUPLICATE_WINDOW_MS = 500;

let broker: Broker;
let link: TestLink;

beforeAll(async () => {
  broker = await startBroker();
  link = await openLink(broker.url);
  await addStreams(link.jsm, ledgerStream({}), homeStream, capabilityStream);
});

afterAll(async () => {
  await link.close();
  await broker[Symbol.asyncDispose]();
});

const ledger = (
  commandId: string,
  events: AppendRequest['events'],
  expected: AppendRequest['expect'],
): AppendRequest => ({
  mode: 'actual',
  stream: 'ASSISTANCE',
  writer: writer(commandId),
  events,
  expect: expected,
});

const open = (id: string, commandId = `open-${id}`): AppendRequest =>
  ledger(commandId, [bookingOpened(id)], [{ aggregate: booking(id), lastSeq: 0 }]);

const storedSeq = (outcome: AppendOutcome): number => {
  if (outcome.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(outcome)}`);
  return outcome.seq;
};

const lastSeq = async (stream = 'ASSISTANCE_ACTUAL'): Promise<number> =>
  (await link.jsm.streams.info(stream)).state.last_seq;

describe('append', () => {
  it('stores one event with its envelope, id and guard as headers', async () => {
    const outcome = await createAppender(link).append(open('one'));
    const stored = await link.jsm.streams.getMessage('ASSISTANCE_ACTUAL', { seq: storedSeq(outcome) });
    expect(outcome).toMatchObject({ ids: ['hub.open-one.1'] });
    expect(stored?.subject).toBe('actual.booking.kent.one');
    expect(stored?.header.get('ce-id')).toBe('hub.open-one.1');
    expect(stored?.header.get('Nats-Msg-Id')).toBe('hub.open-one.1');
    expect(stored?.header.get('Nats-Expected-Last-Subject-Sequence')).toBe('0');
    expect(stored?.json()).toEqual({ donor: 'kent', capabilityId: 'one', bookingVersion: 0 });
  });

  it('begins a trace for what is written outside any, one for all of its events', async () => {
    const request = ledger(
      'untraced',
      [bookingOpened('u1'), bookingOpened('u2')],
      ['u1', 'u2'].map((id) => ({ aggregate: booking(id), lastSeq: 0 })),
    );
    const last = storedSeq(await createAppender(link).append(request));
    const traces: (string | undefined)[] = [];
    for (const seq of [last - 1, last]) {
      const stored = await link.jsm.streams.getMessage('ASSISTANCE_ACTUAL', { seq });
      traces.push(stored?.header.get('traceparent'));
    }
    expect(traces[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traces[1]).toBe(traces[0]);
  });

  it('stores several events at consecutive sequences, in the order of their ids', async () => {
    const appender = createAppender(link);
    await appender.append(open('several'));
    const before = await lastSeq();
    const outcome = await appender.append(
      ledger(
        'cmd-several',
        [cancelled('several'), cancelNotice('several', 'kent'), bookingChanged('several', 1)],
        [
          { aggregate: request('several'), lastSeq: 0 },
          { aggregate: booking('several'), lastSeq: before },
        ],
      ),
    );
    expect(outcome).toEqual({
      kind: 'stored',
      seq: before + 3,
      ids: ['hub.cmd-several.1', 'hub.cmd-several.2', 'hub.cmd-several.3'],
    });
    const third = await link.jsm.streams.getMessage('ASSISTANCE_ACTUAL', { seq: before + 3 });
    expect(third?.subject).toBe('actual.booking.kent.several');
    expect(third?.header.get('ce-id')).toBe('hub.cmd-several.3');
  });

  it('lets one of two writers win, and tells the other where the aggregate stands', async () => {
    await using other = await openLink(broker.url);
    const seq = storedSeq(await createAppender(link).append(open('race')));
    const change = (commandId: string): AppendRequest =>
      ledger(commandId, [bookingChanged('race', 1)], [{ aggregate: booking('race'), lastSeq: seq }]);
    const outcomes = await Promise.all([
      createAppender(link).append(change('race-a')),
      createAppender(other).append(change('race-b')),
    ]);
    const winner = outcomes.find(({ kind }) => kind === 'stored');
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['conflict', 'stored']);
    expect(outcomes.find(({ kind }) => kind === 'conflict')).toEqual({
      kind: 'conflict',
      lastSeq: storedSeq(winner as AppendOutcome),
    });
  });

  it('stores nothing of a batch in which one guard fails', async () => {
    const appender = createAppender(link);
    const seq = storedSeq(await appender.append(open('half')));
    const before = await lastSeq();
    const outcome = await appender.append(
      ledger(
        'cmd-half',
        [cancelled('half'), bookingChanged('half', 1)],
        [
          { aggregate: request('half'), lastSeq: 0 },
          { aggregate: booking('half'), lastSeq: seq + 1 },
        ],
      ),
    );
    expect(outcome).toEqual({ kind: 'conflict', lastSeq: seq });
    expect(await lastSeq()).toBe(before);
  });

  it('guards an aggregate that the batch does not write', async () => {
    const appender = createAppender(link);
    const seq = storedSeq(await appender.append(open('bystander')));
    const cancelWith = (commandId: string, id: string, bystanderSeq: number): AppendRequest =>
      ledger(
        commandId,
        [cancelled(id), cancelNotice(id, 'kent')],
        [
          { aggregate: request(id), lastSeq: 0 },
          { aggregate: booking('bystander'), lastSeq: bystanderSeq },
        ],
      );
    expect(await appender.append(cancelWith('cmd-b1', 'b1', seq - 1))).toEqual({
      kind: 'conflict',
      lastSeq: seq,
    });
    expect(await appender.append(cancelWith('cmd-b2', 'b2', seq))).toMatchObject({ kind: 'stored' });
  });

  it('guards every event of a request, whoever it is addressed to', async () => {
    const appender = createAppender(link);
    await appender.append(
      ledger('cmd-wide', [cancelNotice('wide', 'kent')], [{ aggregate: request('wide'), lastSeq: 0 }]),
    );
    const outcome = await appender.append(
      ledger('cmd-wide-2', [cancelled('wide')], [{ aggregate: request('wide'), lastSeq: 0 }]),
    );
    expect(outcome).toMatchObject({ kind: 'conflict' });
  });

  it('says already-stored when a batch is sent again inside the duplicate window', async () => {
    const appender = createAppender(link);
    const batch = ledger(
      'cmd-twice',
      [cancelled('twice'), cancelNotice('twice', 'kent')],
      [{ aggregate: request('twice'), lastSeq: 0 }],
    );
    expect(await appender.append(batch)).toMatchObject({ kind: 'stored' });
    const before = await lastSeq();
    expect(await appender.append(batch)).toEqual({ kind: 'already-stored' });
    expect(await lastSeq()).toBe(before);
  });

  it('never stores a command twice after the duplicate window: the guard stops it', async () => {
    const appender = createAppender(link);
    const short = ledgerStream({ duplicateWindowMs: DUPLICATE_WINDOW_MS });
    await link.jsm.streams.update(short.name, short);
    const again = open('late');
    const seq = storedSeq(await appender.append(again));
    // The window passes by the server's clock; a second id that is stored again shows that it has.
    const probe = (): Promise<unknown> =>
      link.js.publish('actual.booking.kent.window-probe', 'x', { msgID: 'window-probe' });
    await probe();
    await expect
      .poll(
        async () =>
          (await link.js.publish('actual.booking.kent.window-probe', 'x', { msgID: 'window-probe' }))
            .duplicate,
        {
          timeout: 20 * DUPLICATE_WINDOW_MS,
        },
      )
      .toBe(false);
    expect(await appender.append(again)).toEqual({ kind: 'conflict', lastSeq: seq });
    const long = ledgerStream({});
    await link.jsm.streams.update(long.name, long);
  });

  it('writes no message id into the home ledger, where another force could use it up', async () => {
    const appender = createAppender(link);
    const genesis: AppendRequest = {
      mode: 'actual',
      stream: 'HOME',
      writer: writer('cmd-home', 'kent'),
      events: [homeOpened('h1')],
      expect: [{ aggregate: { kind: 'home', owner: 'kent', id: 'h1' }, lastSeq: 0 }],
    };
    await link.js.publish('actual.home.essex.x', 'taken', { msgID: 'kent.cmd-home.1' });
    const outcome = await appender.append(genesis);
    expect(outcome).toMatchObject({ kind: 'stored' });
    expect(await appender.append(genesis)).toEqual({ kind: 'conflict', lastSeq: storedSeq(outcome) });
  });

  it('stores many batches at once, more than the server takes at a time', async () => {
    // A slow machine may take long over so many: what is asked here is that all are stored, not how fast.
    const appender = createAppender(link, { deadlineMs: 30_000 });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        appender.append(
          ledger(
            `many-${n}`,
            [cancelled(`many-${n}`), cancelNotice(`many-${n}`, 'kent')],
            [{ aggregate: request(`many-${n}`), lastSeq: 0 }],
          ),
        ),
      ),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['stored']));
  });

  it('tries again when the server has too many open batches, and gives its reason if that does not end', async () => {
    // A slow machine may take long over a burst: what is asked here is what the server says, not how fast.
    const appender = createAppender(link, { openBatchesMax: 200, deadlineMs: 30_000 });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        appender.append(
          ledger(
            `burst-${n}`,
            [cancelled(`burst-${n}`), cancelNotice(`burst-${n}`, 'kent')],
            [{ aggregate: request(`burst-${n}`), lastSeq: 0 }],
          ),
        ),
      ),
    );
    for (const outcome of outcomes) expect(['stored', 'refused']).toContain(outcome.kind);
    const stored = outcomes.filter(({ kind }) => kind === 'stored').length;
    const info = await link.jsm.streams.info('ASSISTANCE_ACTUAL', {
      subjects_filter: 'actual.request.essex.*.cancelled.*',
    });
    const subjects = Object.keys(info.state.subjects ?? {}).filter((subject) => subject.includes('.burst-'));
    expect(subjects.length).toBe(stored);
  });

  it('cannot tell when no stream takes the subject or the server is gone', async () => {
    await using lone = await startBroker();
    await using far = await openLink(lone.url);
    const appender = createAppender(far, { deadlineMs: 500 });
    expect(await appender.append(open('nowhere'))).toMatchObject({ kind: 'unknown' });
    await addStreams(far.jsm, ledgerStream({}));
    const first = appender.append(open('gone'));
    await lone.kill9();
    const outcome = await first;
    expect(['stored', 'unknown']).toContain(outcome.kind);
    await lone.start();
    await expect
      .poll(() => far.jsm.streams.info('ASSISTANCE_ACTUAL').then((i) => i.state.last_seq), {
        timeout: 10_000,
      })
      .toBeGreaterThanOrEqual(0);
    // Whatever became of it, the same command again leaves exactly one.
    const again = await createAppender(far).append(open('gone'));
    expect(['stored', 'conflict', 'already-stored']).toContain(again.kind);
    const { state } = await far.jsm.streams.info('ASSISTANCE_ACTUAL', {
      subjects_filter: 'actual.booking.kent.gone',
    });
    expect(state.subjects).toEqual({ 'actual.booking.kent.gone': 1 });
  });
});

describe('a broken invariant', () => {
  const appender = () => createAppender(link);
  it('is thrown: an aggregate written without an expectation', async () => {
    await expect(appender().append(ledger('x1', [bookingOpened('x')], []))).rejects.toThrow(
      /without saying what it expects/,
    );
  });
  it('is thrown: an event of another stream', async () => {
    const mixed = ledger(
      'x2',
      [homeOpened('x')],
      [{ aggregate: { kind: 'home', owner: 'kent', id: 'x' }, lastSeq: 0 }],
    );
    await expect(appender().append(mixed)).rejects.toThrow(/belongs in HOME/);
  });
  it('is thrown: more guards than messages', async () => {
    const many = ledger(
      'x3',
      [bookingOpened('x')],
      [
        { aggregate: booking('x'), lastSeq: 0 },
        { aggregate: booking('y'), lastSeq: 0 },
      ],
    );
    await expect(appender().append(many)).rejects.toThrow(/one message carries one guard/);
  });
  it('is thrown: one aggregate expected twice', async () => {
    const twice = ledger(
      'x4',
      [bookingOpened('x')],
      [
        { aggregate: booking('x'), lastSeq: 0 },
        { aggregate: booking('x'), lastSeq: 1 },
      ],
    );
    await expect(appender().append(twice)).rejects.toThrow(/expected twice/);
  });
  it('is thrown: more than 1,000 messages, or none', async () => {
    const events = Array.from({ length: 1_001 }, () => cancelled('x'));
    const expected = [{ aggregate: request('x'), lastSeq: 0 }];
    await expect(appender().append(ledger('x5', events, expected))).rejects.toThrow(/over the limit of 1000/);
    await expect(appender().append(ledger('x6', [], []))).rejects.toThrow(/at least one event/);
  });
  it('is thrown: data that does not fit its schema', async () => {
    const bad = ledger('x7', [cancelled('x', '')], [{ aggregate: request('x'), lastSeq: 0 }]);
    await expect(appender().append(bad)).rejects.toThrow(/does not fit its schema/);
  });
});

describe('publishState', () => {
  const advert = (revision: number) =>
    ({
      type: 'muster.capability.withdrawn.v1',
      data: { force: 'kent', capabilityId: 'c1', revision, reasonCode: 'other' },
    }) as const;

  it('replaces what stands there, without an id, for as long as it is told', async () => {
    const appender = createAppender(link);
    await appender.publishState('actual', advert(1), writer('s1', 'kent'), 600);
    const outcome = await appender.publishState('actual', advert(1), writer('s1', 'kent'), 600);
    const stored = await link.jsm.streams.getMessage('CAPABILITY_ACTUAL', {
      last_by_subj: 'actual.capability.kent.c1',
    });
    expect(stored?.seq).toBe(storedSeq(outcome));
    expect(stored?.header.get('Nats-TTL')).toBe('600s');
    expect(stored?.header.get('Nats-Msg-Id')).toBe('');
  });

  it('goes away when its time is over', async () => {
    await createAppender(link).publishState('actual', advert(2), writer('s2', 'kent'), 1);
    await expect
      .poll(
        () => link.jsm.streams.getMessage('CAPABILITY_ACTUAL', { last_by_subj: 'actual.capability.kent.c1' }),
        { timeout: 10_000 },
      )
      .toBeNull();
  });

  it('takes whole seconds only', async () => {
    await expect(
      createAppender(link).publishState('actual', advert(3), writer('s3', 'kent'), 0.5),
    ).rejects.toThrow(/whole seconds/);
  });
});

import { cp, rename, rm } from 'node:fs/promises';
import { type Broker, eventually, startBroker, startCluster, startProxy } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../append/append.ts';
import type { Expectation } from '../append/types.ts';
import type { StoredEvent } from '../decode.ts';
import { booking, bookingChanged, bookingOpened, cancelled, request, writer } from '../fixture/events.ts';
import { openLink, type TestLink } from '../fixture/link.ts';
import { addStreams, capabilityStream, ledgerStream } from '../fixture/streams.ts';
import { startMuster } from '../testing/mod.ts';
import type { Link } from '../wire/link.ts';
import { project } from './project.ts';
import type { IntegrityAlarm, Projection, ProjectOptions, Skipped } from './types.ts';

/** Milliseconds in which a projection must have read on after a server came back. */
const RECOVERY_MS = 30_000;

type Seen = {
  events: StoredEvent[];
  skipped: Skipped[];
  alarms: IntegrityAlarm[];
  resets: number;
  projection: Projection;
};

const follow = (link: Link, options: Partial<ProjectOptions> = {}): Seen => {
  const seen = {
    events: [] as StoredEvent[],
    skipped: [] as Skipped[],
    alarms: [] as IntegrityAlarm[],
    resets: 0,
  };
  const projection = project(link, {
    stream: 'ASSISTANCE_ACTUAL',
    dense: true,
    apply: (event) => seen.events.push(event),
    skip: (message) => seen.skipped.push(message),
    alarm: (alarm) => seen.alarms.push(alarm),
    reset: () => {
      seen.resets += 1;
      seen.events.length = 0;
    },
    ...options,
  });
  return Object.assign(seen, { projection });
};

const seqs = ({ events }: Seen): number[] => events.map(({ seq }) => seq);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);

/** Opens capabilities `<prefix>1`… and returns the last sequence. */
const openMany = async (link: Link, prefix: string, count: number): Promise<number> => {
  const events = upTo(count).map((n) => bookingOpened(`${prefix}${n}`));
  const expected: Expectation[] = upTo(count).map((n) => ({
    aggregate: booking(`${prefix}${n}`),
    lastSeq: 0,
  }));
  const outcome = await createAppender(link).append({
    mode: 'actual',
    stream: 'ASSISTANCE',
    writer: writer(`open-${prefix}`),
    events,
    expect: expected,
  });
  if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
  return outcome.seq;
};

describe('on one server', () => {
  let broker: Broker;
  let link: TestLink;
  beforeEach(async () => {
    broker = await startBroker();
    link = await openLink(broker.url);
    await addStreams(link.jsm, ledgerStream({ epoch: 'one' }), capabilityStream);
  });
  afterEach(async () => {
    await link.close();
    await broker[Symbol.asyncDispose]();
  });

  it('catches up at once with an empty stream', async () => {
    const seen = follow(link);
    await seen.projection.caughtUp;
    expect(seen.projection.seq()).toBe(0);
    expect(seen.projection.epoch()).toBe('one');
    await seen.projection.stop();
  });

  it('applies all that stands there, in order, and goes on with what comes', async () => {
    const last = await openMany(link, 'a', 100);
    const seen = follow(link);
    await seen.projection.caughtUp;
    expect(seqs(seen)).toEqual(upTo(last));
    const next = await openMany(link, 'b', 3);
    expect(await seen.projection.waitFor(next, 5_000)).toBe(true);
    expect(seqs(seen)).toEqual(upTo(next));
    expect(seen.projection.lag()).toBe(0);
    expect(seen.alarms).toEqual([]);
    await seen.projection.stop();
  });

  it('says false when what is waited for does not come, and when it is stopped', async () => {
    const seen = follow(link);
    await seen.projection.caughtUp;
    expect(await seen.projection.waitFor(1, 50)).toBe(false);
    const waiting = seen.projection.waitFor(1, 60_000);
    await seen.projection.stop();
    expect(await waiting).toBe(false);
  });

  it('reports what is not an event, and counts it', async () => {
    await link.js.publish('actual.booking.kent.c1', 'no headers');
    await openMany(link, 'a', 1);
    const seen = follow(link);
    await seen.projection.caughtUp;
    expect(seen.skipped).toEqual([
      { seq: 1, subject: 'actual.booking.kent.c1', because: expect.stringContaining('ce-specversion') },
    ]);
    expect(seqs(seen)).toEqual([2]);
    await seen.projection.stop();
  });

  it('with a filter, knows that it is past a sequence that it never sees', async () => {
    await openMany(link, 'a', 5);
    const seen = follow(link, { filter: 'actual.request.>', dense: false });
    await seen.projection.caughtUp;
    expect(seen.projection.seq()).toBe(5);
    const later = await openMany(link, 'b', 4);
    expect(await seen.projection.waitFor(later, 5_000)).toBe(true);
    expect(seen.events).toEqual([]);
    expect(await seen.projection.waitFor(later + 1, 600)).toBe(false);
    const outcome = await createAppender(link).append({
      mode: 'actual',
      stream: 'ASSISTANCE',
      writer: writer('cancel'),
      events: [cancelled('r1')],
      expect: [{ aggregate: request('r1'), lastSeq: 0 }],
    });
    expect(outcome).toMatchObject({ kind: 'stored', seq: later + 1 });
    expect(await seen.projection.waitFor(later + 1, 5_000)).toBe(true);
    expect(seqs(seen)).toEqual([later + 1]);
    await seen.projection.stop();
  });

  it('catches up with a stream of last values whose end has expired', async () => {
    const appender = createAppender(link);
    const withdrawn = (id: string) =>
      ({
        type: 'muster.capability.withdrawn.v1',
        data: { force: 'kent', capabilityId: id, revision: 1, reasonCode: 'other' },
      }) as const;
    await appender.publishState('actual', withdrawn('c1'), writer('s1', 'kent'), 600);
    await appender.publishState('actual', withdrawn('c2'), writer('s2', 'kent'), 1);
    await eventually(async () => (await link.jsm.streams.info('CAPABILITY_ACTUAL')).state.messages === 1, {
      deadlineMs: 10_000,
    });
    const seen = follow(link, { stream: 'CAPABILITY_ACTUAL', dense: false });
    await seen.projection.caughtUp;
    expect(seqs(seen)).toEqual([1]);
    expect(seen.projection.seq()).toBe(2);
    await seen.projection.stop();
  });

  it('neither misses nor repeats anything when the server is killed and started again', async () => {
    const seen = follow(link);
    await openMany(link, 'a', 50);
    await seen.projection.caughtUp;
    await broker.kill9();
    await broker.start();
    const last = await eventually(() => openMany(link, 'b', 50), { deadlineMs: RECOVERY_MS });
    expect(await seen.projection.waitFor(last, RECOVERY_MS)).toBe(true);
    expect(seqs(seen)).toEqual(upTo(last));
    expect(seen.alarms).toEqual([]);
    await seen.projection.stop();
  });

  it('goes on when its consumer is deleted under it', async () => {
    const seen = follow(link);
    await seen.projection.caughtUp;
    for await (const { name } of link.jsm.consumers.list('ASSISTANCE_ACTUAL')) {
      await link.jsm.consumers.delete('ASSISTANCE_ACTUAL', name);
    }
    const last = await openMany(link, 'a', 3);
    expect(await seen.projection.waitFor(last, RECOVERY_MS)).toBe(true);
    expect(seqs(seen)).toEqual(upTo(last));
    await seen.projection.stop();
  });

  it('forgets everything and starts again when the stream is made anew', async () => {
    const seen = follow(link);
    await openMany(link, 'a', 20);
    await seen.projection.waitFor(20, 5_000);
    await link.jsm.streams.delete('ASSISTANCE_ACTUAL');
    await addStreams(link.jsm, ledgerStream({ epoch: 'two' }));
    await openMany(link, 'b', 7);
    await eventually(() => seen.projection.epoch() === 'two' && seen.projection.seq() === 7, {
      deadlineMs: RECOVERY_MS,
    });
    expect(seen.resets).toBe(1);
    expect(seqs(seen)).toEqual(upTo(7));
    expect(seen.alarms).toEqual([]);
    await seen.projection.stop();
  });

  it('raises an alarm at a gap, and applies nothing after it', async () => {
    await link.jsm.streams.delete('ASSISTANCE_ACTUAL');
    await addStreams(link.jsm, { ...ledgerStream({}), deny_delete: false });
    await openMany(link, 'a', 5);
    await link.jsm.streams.deleteMessage('ASSISTANCE_ACTUAL', 3);
    const seen = follow(link);
    await eventually(() => seen.alarms.length >= 2);
    expect(seen.alarms[0]).toEqual({ kind: 'gap', stream: 'ASSISTANCE_ACTUAL', expected: 3, got: 4 });
    expect(seqs(seen)).toEqual([1, 2]);
    expect(seen.projection.lag()).toBeGreaterThan(0);
    await seen.projection.stop();
  });

  it.each([
    ['ends too early', 0],
    ['has grown again by other events', 8],
  ])(
    'raises an alarm when the stream lost its end and %s, and applies nothing more',
    async (_what, after) => {
      const storeDirs: string[] = [];
      await using lossy = await startBroker({
        // The store is copied aside, so it has to lie where the test can reach it.
        way: 'process',
        config: ({ host, port, storeDir }) => {
          storeDirs.push(storeDir);
          return `listen: "${host}:${port}"\njetstream { store_dir: "${storeDir}", sync_interval: always }`;
        },
      });
      await using proxy = await startProxy({ port: lossy.port });
      await using far = await openLink(proxy.url);
      await using near = await openLink(lossy.url);
      const [storeDir = ''] = storeDirs;
      const backup = `${storeDir}-backup`;
      await addStreams(near.jsm, ledgerStream({}));
      await openMany(near, 'a', 5);
      await lossy.stop();
      await cp(storeDir, backup, { recursive: true });
      await lossy.start();
      await eventually(() => openMany(near, 'b', 5), { deadlineMs: RECOVERY_MS });
      const seen = follow(far);
      await seen.projection.caughtUp;
      proxy.cut();
      await lossy.kill9();
      await rm(storeDir, { recursive: true });
      await rename(backup, storeDir);
      await lossy.start();
      if (after > 0) await eventually(() => openMany(near, 'c', after), { deadlineMs: RECOVERY_MS });
      proxy.heal();
      await eventually(() => seen.alarms.length > 0, { deadlineMs: RECOVERY_MS });
      expect(seen.alarms).toEqual([
        { kind: 'went-back', stream: 'ASSISTANCE_ACTUAL', read: 10, last: 5 + after },
      ]);
      expect(await seen.projection.waitFor(11, 500)).toBe(false);
      expect(seqs(seen)).toEqual(upTo(10));
      await seen.projection.stop();
    },
  );

  it('ends with the error when an event cannot be applied', async () => {
    await openMany(link, 'a', 3);
    const seen = follow(link, {
      apply: ({ seq }) => {
        if (seq === 2) throw new Error('no such booking');
      },
    });
    await expect(seen.projection.caughtUp).rejects.toThrow(/could not apply sequence 2/);
    const error = await seen.projection.closed;
    expect(error?.cause).toMatchObject({ message: 'no such booking' });
    expect(await seen.projection.waitFor(3, 60_000)).toBe(false);
  });

  it('lets other work run while it reads', async () => {
    for (let batch = 0; batch < 4; batch += 1) await openMany(link, `a${batch}-`, 500);
    let turns = 0;
    let reading = true;
    const turn = (): void => {
      turns += 1;
      if (reading) setImmediate(turn);
    };
    setImmediate(turn);
    const seen = follow(link, {
      apply: () => {
        const end = performance.now() + 0.2;
        while (performance.now() < end);
      },
    });
    await seen.projection.caughtUp;
    reading = false;
    // 2,000 events of 0.2 ms are 400 ms of work, cut into slices of 10 ms.
    expect(turns).toBeGreaterThan(20);
    await seen.projection.stop();
  });
});

describe("with the rights of the hub's users", () => {
  it('reads every stream, whole and filtered', async () => {
    await using muster = await startMuster({ orgs: ['kent', 'essex'], modes: ['actual'] });
    await openMany(await muster.connect('hub-broker'), 'a', 3);
    for (const user of ['hub-broker', 'hub-registry', 'hub-auditor']) {
      const mesh = await muster.connect(user);
      const whole = follow(mesh);
      await whole.projection.caughtUp;
      expect(seqs(whole)).toEqual([1, 2, 3]);
      const part = follow(mesh, { filter: 'actual.request.>', dense: false });
      await part.projection.caughtUp;
      expect(part.projection.seq()).toBe(3);
      for (const stream of ['CAPABILITY_ACTUAL', 'HOME_ACTUAL']) {
        const other = follow(mesh, { stream, dense: false });
        await other.projection.caughtUp;
        await other.projection.stop();
      }
      await whole.projection.stop();
      await part.projection.stop();
    }
  });
});

describe('on three servers', () => {
  it('neither misses nor repeats anything over changes of leader and a lost server', async () => {
    await using cluster = await startCluster(3);
    await using link = await openLink(cluster.url);
    await eventually(() => addStreams(link.jsm, ledgerStream({ replicas: 3 })).then(() => true), {
      deadlineMs: RECOVERY_MS,
    });
    const seen = follow(link);
    await seen.projection.caughtUp;
    let version = 0;
    let lastSeq = 0;
    let writing = true;
    const change = async (appender: ReturnType<typeof createAppender>): Promise<void> => {
      const event = version === 0 ? bookingOpened('c1') : bookingChanged('c1', version);
      const outcome = await appender.append({
        mode: 'actual',
        stream: 'ASSISTANCE',
        writer: writer(`v${version}`),
        events: [event],
        expect: [{ aggregate: booking('c1'), lastSeq }],
      });
      // What is unknown is settled by reading back, as every writer has to.
      const { state } = await eventually(() => link.jsm.streams.info('ASSISTANCE_ACTUAL'), {
        deadlineMs: RECOVERY_MS,
      });
      if (outcome.kind === 'stored' || state.last_seq > lastSeq) version += 1;
      lastSeq = Math.max(state.last_seq, outcome.kind === 'stored' ? outcome.seq : 0);
    };
    const write = async (): Promise<void> => {
      const appender = createAppender(link, { deadlineMs: 1_000 });
      while (writing) await change(appender);
    };
    const written = write();
    const leader = async (): Promise<string> =>
      eventually(async () => (await link.jsm.streams.info('ASSISTANCE_ACTUAL')).cluster?.leader, {
        deadlineMs: RECOVERY_MS,
      });
    const beyond = async (seq: number): Promise<void> => {
      await eventually(() => lastSeq > seq, { deadlineMs: RECOVERY_MS });
    };
    await beyond(20);
    await link.nc.request('$JS.API.STREAM.LEADER.STEPDOWN.ASSISTANCE_ACTUAL');
    await beyond(lastSeq + 20);
    const lost = cluster.node(await leader());
    await lost.kill9();
    await beyond(lastSeq + 20);
    await lost.start();
    await beyond(lastSeq + 20);
    writing = false;
    await written;
    expect(await seen.projection.waitFor(lastSeq, RECOVERY_MS)).toBe(true);
    expect(seqs(seen)).toEqual(upTo(lastSeq));
    expect(seen.alarms).toEqual([]);
    expect(seen.resets).toBe(0);
    await seen.projection.stop();
  }, 120_000);
});

import { MODES, STREAM_KINDS, streamName } from '@muster/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EPOCH_KEY } from '../project/stream.ts';
import { type Muster, startMuster } from '../testing/mod.ts';
import { FIRST_EPOCH, streamDefinitions } from './definitions.ts';
import { adapterDurable, BROKER_HOME, durableDefinitions } from './durables.ts';
import { applyPlan, planStreams } from './plan.ts';
import { resetExercise } from './reset.ts';
import type { Definitions } from './types.ts';

const ORGS = ['kent', 'surrey', 'npocc'];
const FORCES = ['kent', 'surrey'];

const definitions = (): Definitions => ({
  streams: streamDefinitions(),
  durables: durableDefinitions({ forces: FORCES }),
});

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster({ orgs: ORGS, streams: false });
});
afterAll(() => muster[Symbol.asyncDispose]());

const apply = async () => applyPlan(muster.admin, await planStreams(muster.admin, definitions()));

describe('streams', () => {
  it('are planned, made once, and then as they should be', async () => {
    const plan = await planStreams(muster.admin, definitions());
    expect(plan.held).toEqual([]);
    expect(plan.steps.map((step) => step.do)).toEqual([
      ...definitions().streams.map(() => 'create-stream'),
      ...definitions().durables.map(() => 'create-durable'),
    ]);
    expect((await muster.admin.jsm.streams.list().next()).length).toBe(0);
    const applied = await applyPlan(muster.admin, plan);
    expect(applied).toMatchObject({ failed: [], held: [] });
    expect(applied.done).toHaveLength(plan.steps.length);
    expect(await planStreams(muster.admin, definitions())).toEqual({ steps: [], held: [] });
    expect(await apply()).toEqual({ done: [], failed: [], held: [] });
  });

  it('come back to what is defined where that loses nothing', async () => {
    const { jsm } = muster.admin;
    await jsm.streams.update('HOME_ACTUAL', { max_msg_size: 100, allow_atomic: false });
    await jsm.consumers.update('HOME_ACTUAL', BROKER_HOME, { max_ack_pending: 1 });
    const plan = await planStreams(muster.admin, definitions());
    expect(plan.steps).toMatchObject([
      {
        do: 'update-stream',
        stream: { name: 'HOME_ACTUAL' },
        changes: [
          { setting: 'max_msg_size', is: 100 },
          { setting: 'allow_atomic', should: true },
        ],
      },
      {
        do: 'update-durable',
        durable: { name: BROKER_HOME },
        changes: [{ setting: 'max_ack_pending', is: 1 }],
      },
    ]);
    await applyPlan(muster.admin, plan);
    expect(await planStreams(muster.admin, definitions())).toEqual({ steps: [], held: [] });
  });

  it('are reported, and left alone, where that could lose something', async () => {
    const { jsm } = muster.admin;
    await jsm.streams.update('DEADLETTER', { max_age: 0 });
    await jsm.streams.update('HOME_ACTUAL', { subjects: ['actual.home.*.*', 'actual.extra'] });
    await jsm.consumers.add('HOME_ACTUAL', { durable_name: 'STRANGER', ack_policy: 'explicit' });
    const plan = await planStreams(muster.admin, definitions());
    expect(plan.steps).toEqual([]);
    expect(plan.held).toMatchObject([
      { stream: 'HOME_ACTUAL', because: 'the stream would stop taking a subject' },
      { stream: 'DEADLETTER', because: 'a smaller max_age would remove stored messages' },
      { stream: 'HOME_ACTUAL', durable: 'STRANGER', because: 'the durable is not defined' },
    ]);
    expect((await applyPlan(muster.admin, plan)).held).toEqual(plan.held);
    expect((await jsm.consumers.info('HOME_ACTUAL', 'STRANGER')).name).toBe('STRANGER');
    await jsm.consumers.delete('HOME_ACTUAL', 'STRANGER');
    await jsm.streams.update('HOME_ACTUAL', { subjects: ['actual.home.*.*'] });
    await jsm.streams.update('DEADLETTER', { max_age: 90 * 86_400_000_000_000 });
    expect(await planStreams(muster.admin, definitions())).toEqual({ steps: [], held: [] });
  });

  it('report what the server refuses and go on with the rest', async () => {
    const { jsm } = muster.admin;
    await jsm.consumers.delete('ASSISTANCE_ACTUAL', adapterDurable('kent'));
    const broken = { name: 'BROKEN', config: { name: 'BROKEN', subjects: ['actual.home.>'] } };
    const plan = await planStreams(muster.admin, {
      ...definitions(),
      streams: [broken, ...definitions().streams],
    });
    const applied = await applyPlan(muster.admin, plan);
    expect(applied.failed).toMatchObject([{ because: 'subjects overlap with an existing stream' }]);
    expect(applied.done).toMatchObject([{ do: 'create-durable', durable: { name: 'ADAPTER_kent' } }]);
  });

  it('take no roll-up, purge, deletion of a message or loosening of their guards, but for the timers', async () => {
    const { jsm, nc } = muster.admin;
    for (const mode of MODES) {
      for (const kind of ['CAPABILITY', 'ASSISTANCE', 'HOME'] as const) {
        const { config } = await jsm.streams.info(streamName(kind, mode));
        expect(config).toMatchObject({ allow_rollup_hdrs: false, deny_delete: true });
        expect(config.deny_purge).toBe(mode === 'actual');
        expect(config.max_age).toBe(0);
      }
      const { config } = await jsm.streams.info(streamName('TIMERS', mode));
      expect(config.allow_rollup_hdrs).toBe(true);
    }
    const stored = await nc.request('actual.home.kent.c1', '{}');
    const { seq } = stored.json<{ seq: number }>();
    await expect(jsm.streams.deleteMessage('HOME_ACTUAL', seq)).rejects.toThrow(
      'message delete not permitted',
    );
    await expect(jsm.streams.purge('HOME_ACTUAL')).rejects.toThrow('not permitted');
    await expect(jsm.streams.update('HOME_ACTUAL', { deny_delete: false })).rejects.toThrow('deny');
    expect((await jsm.streams.info('HOME_ACTUAL')).state.messages).toBe(1);
  });

  it('keep what the brokers and adapters have read when they are applied again', async () => {
    const { jsm, nc, js } = muster.admin;
    await nc.request('actual.home.kent.c2', '{}');
    const consumer = await js.consumers.get('HOME_ACTUAL', BROKER_HOME);
    const before = (await consumer.info()).num_pending;
    const message = await consumer.next();
    await message?.ackAck();
    await apply();
    expect((await jsm.consumers.info('HOME_ACTUAL', BROKER_HOME)).num_pending).toBe(before - 1);
  });
});

describe('an exercise reset', () => {
  const epochOf = async (stream: string) =>
    (await muster.admin.jsm.streams.info(stream)).config.metadata?.[EPOCH_KEY];
  const at = (instant: string) => ({ jsm: muster.admin.jsm, clock: { now: () => Date.parse(instant) } });

  it('empties the exercise under a new epoch and does not touch the actual mode', async () => {
    const { jsm, nc } = muster.admin;
    await nc.request('exercise.home.kent.c1', '{}');
    const actual = (await jsm.streams.info('HOME_ACTUAL')).state.messages;
    expect(await epochOf('HOME_EXERCISE')).toBe(FIRST_EPOCH);
    const { epoch } = await resetExercise(at('2026-03-01T10:00:00.000Z'), { forces: FORCES });
    expect(epoch).toBe('2026-03-01T10:00:00.000Z');
    for (const kind of STREAM_KINDS) {
      expect(await epochOf(streamName(kind, 'exercise'))).toBe(epoch);
      expect(await epochOf(streamName(kind, 'actual'))).toBe(FIRST_EPOCH);
    }
    expect((await jsm.streams.info('HOME_EXERCISE')).state).toMatchObject({ messages: 0, last_seq: 0 });
    expect((await jsm.streams.info('HOME_ACTUAL')).state.messages).toBe(actual);
    expect(await planStreams(muster.admin, definitions())).toEqual({ steps: [], held: [] });
  });

  it('is refused for an epoch that is already there', async () => {
    await expect(resetExercise(at('2026-03-01T10:00:00.000Z'), { forces: FORCES })).rejects.toThrow(
      'was reset at 2026-03-01T10:00:00.000Z already',
    );
  });

  it('finishes what a broken one left half done', async () => {
    const { jsm } = muster.admin;
    await jsm.streams.delete('ASSISTANCE_EXERCISE');
    await jsm.streams.delete('CAPABILITY_EXERCISE');
    await resetExercise(at('2026-03-01T10:00:01.000Z'), { forces: FORCES });
    expect(await planStreams(muster.admin, definitions())).toEqual({ steps: [], held: [] });
  });
});

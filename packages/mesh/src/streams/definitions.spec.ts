import { MODES, streamName } from '@muster/contracts';
import { nanos } from '@nats-io/nats-core';
import { describe, expect, it } from 'vitest';
import { streamDefinitions } from './definitions.ts';

const DAY_NANOS = nanos(86_400_000);
/** Where several forces write, no message id may count for long: one could use up another's. */
const SHARED_WINDOW_NANOS_MAX = nanos(100);

const all = streamDefinitions().map(({ config }) => config);
const configOf = (name: string) => {
  const found = all.find((config) => config.name === name);
  if (!found) throw new Error(`no stream ${name}`);
  return found;
};

describe('the streams as they are defined', () => {
  it('are on disk, told apart by subjects, and lose nothing to a number or size of messages', () => {
    for (const config of all) {
      expect(config, config.name).toMatchObject({ storage: 'file', retention: 'limits', allow_direct: true });
      expect([config.max_msgs, config.max_bytes], config.name).toEqual([-1, -1]);
      // The server switches roll-ups on for these, also against a guard.
      expect(config, config.name).not.toHaveProperty('subject_delete_marker_ttl');
    }
    const subjects = all.flatMap((config) => config.subjects ?? []);
    expect(new Set(subjects).size).toBe(subjects.length);
  });

  it.each(MODES)('keep the ledgers whole (%s)', (mode) => {
    for (const kind of ['ASSISTANCE', 'HOME'] as const) {
      expect(configOf(streamName(kind, mode))).toMatchObject({
        ...{ discard: 'new', max_age: 0, max_msgs_per_subject: -1, allow_atomic: true },
        ...{ deny_delete: true, deny_purge: mode === 'actual', allow_rollup_hdrs: false },
        ...{ allow_msg_ttl: false, allow_msg_schedules: false },
      });
    }
  });

  it.each(MODES)('let adverts end by their own life, and let only timers be scheduled (%s)', (mode) => {
    const adverts = configOf(streamName('CAPABILITY', mode));
    expect(adverts).toMatchObject({ allow_msg_ttl: true, allow_rollup_hdrs: false, max_msgs_per_subject: 2 });
    const scheduling = all.filter((config) => config.allow_msg_schedules).map(({ name }) => name);
    expect(scheduling).toEqual(MODES.map((each) => streamName('TIMERS', each)));
  });

  it('know the ids of several writers for a moment only, and those of the brokers for long', () => {
    const shared = [...MODES.flatMap((mode) => [`CAPABILITY_${mode}`, `HOME_${mode}`]), 'DEADLETTER'];
    for (const name of shared)
      expect(configOf(name.toUpperCase()).duplicate_window, name).toBeLessThanOrEqual(
        SHARED_WINDOW_NANOS_MAX,
      );
    for (const mode of MODES)
      expect(configOf(streamName('ASSISTANCE', mode)).duplicate_window).toBeGreaterThanOrEqual(
        nanos(120_000),
      );
  });

  it('keep dead letters for 90 days, with what the server gave up', () => {
    const dead = configOf('DEADLETTER');
    expect(dead).toMatchObject({ max_age: 90 * DAY_NANOS, deny_delete: true, allow_rollup_hdrs: false });
    for (const given of ['MAX_DELIVERIES', 'MSG_TERMINATED'])
      expect(dead.subjects).toContain(`$JS.EVENT.ADVISORY.CONSUMER.${given}.>`);
  });

  it('have three copies of everything on a cluster', () => {
    const cluster = streamDefinitions({ replicas: 3 });
    expect(cluster.map(({ config }) => config.num_replicas)).toEqual(cluster.map(() => 3));
    expect(all.every(({ num_replicas }) => num_replicas === 1)).toBe(true);
  });
});

import { expect, it } from 'vitest';
import type { Health } from '../health/health.ts';
import { createMetrics, readingsOf } from './metrics.ts';

const HEALTH: Health = {
  service: 'request-broker',
  mode: 'actual',
  ready: true,
  seq: 12,
  lag: { assistance: 0, home: 3 },
  streamAlarms: [{ kind: 'gap' }],
  epoch: 'first',
};

it('reads every number of a health page, and none of its words', () => {
  expect(readingsOf(HEALTH)).toEqual([
    { name: 'muster_ready', of: '', value: 1 },
    { name: 'muster_seq', of: '', value: 12 },
    { name: 'muster_lag', of: 'assistance', value: 0 },
    { name: 'muster_lag', of: 'home', value: 3 },
    { name: 'muster_stream_alarms', of: '', value: 1 },
  ]);
});

it('tells them in the format of Prometheus, as they are at the moment of asking', async () => {
  let health: Health = HEALTH;
  const metrics = createMetrics(() => health);
  const first = await metrics.read();
  expect(first).toContain('muster_lag{service="request-broker",mode="actual",of="home"} 3');
  expect(first).toContain('process_cpu_seconds_total');
  health = { ...HEALTH, ready: false, reason: 'stopping', lag: { assistance: 7 } };
  const second = await metrics.read();
  expect(second).toContain('muster_ready{service="request-broker",mode="actual",of=""} 0');
  expect(second).toContain('of="assistance"} 7');
  expect(second).not.toContain('of="home"');
});

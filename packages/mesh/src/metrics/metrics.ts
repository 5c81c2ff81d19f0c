import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Health } from '../health/health.ts';

/** One number that a service tells of itself; `of` says of which of several it is, such as a stream. */
export type Reading = { name: string; of: string; value: number };

const snake = (fact: string): string => fact.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  // A list of what is wrong is told by its length; what it says is for people.
  return Array.isArray(value) ? value.length : undefined;
};

/**
 * The numbers among what a service says of its health: numbers, truth values, lengths of lists, and one for
 * each entry of a record of numbers. So what a health page tells, a dashboard shows, without being told twice.
 */
export const readingsOf = (health: Health): Reading[] =>
  Object.entries(health).flatMap(([fact, value]): Reading[] => {
    const name = `muster_${snake(fact)}`;
    const single = numberOf(value);
    if (single !== undefined) return [{ name, of: '', value: single }];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([of, each]): Reading[] => {
      const number = numberOf(each);
      return number === undefined ? [] : [{ name, of, value: number }];
    });
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export type Metrics = { contentType: string; read(): Promise<string> };

/** What a service tells in Prometheus' text format: its health as numbers, and how its process does. */
export const createMetrics = (health: () => Health): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = new Map<string, Gauge<'service' | 'mode' | 'of'>>();
  const gaugeOf = (name: string): Gauge<'service' | 'mode' | 'of'> => {
    const known = gauges.get(name);
    if (known) return known;
    const help = `${name.replace('muster_', '').replaceAll('_', ' ')}, as the health page tells it`;
    const gauge = new Gauge({ name, help, labelNames: ['service', 'mode', 'of'], registers: [registry] });
    gauges.set(name, gauge);
    return gauge;
  };
  return {
    contentType: registry.contentType,
    read: () => {
      const now = health();
      const labels = { service: textOf(now.service), mode: textOf(now.mode) };
      for (const gauge of gauges.values()) gauge.reset();
      for (const { name, of, value } of readingsOf(now)) gaugeOf(name).set({ ...labels, of }, value);
      return registry.metrics();
    },
  };
};

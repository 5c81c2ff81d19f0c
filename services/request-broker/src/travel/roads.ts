import type { Point } from '@muster/contracts';
import type { Approach, Road } from '@muster/domain';
import { PLAN_ROADS_MS } from '../limits.ts';
import { straightLine, type TravelPort } from './port.ts';

/** The same for what is nearer than the table tells apart. */
const placeOf = ({ lat, lon }: Point): string => `${lat},${lon}`;

/**
 * The roads on which a plan may send units, looked up place by place in their order. A place that is not reached in
 * time, see {@link PLAN_ROADS_MS}, goes by the straight line.
 */
export const roadsFor = async (
  port: TravelPort,
  approaches: readonly Approach[],
  nowMs: () => number,
): Promise<Road[]> => {
  if (port === straightLine) return [];
  const endMs = nowMs() + PLAN_ROADS_MS;
  const roads: Road[] = [];
  for (const same of Map.groupBy(approaches, ({ to }) => placeOf(to)).values()) {
    const [first] = same;
    if (!first || nowMs() >= endMs) continue;
    const bases = new Map<string, Point>();
    for (const { from } of same) for (const base of from) bases.set(placeOf(base), base);
    const times = await port.times(bases.values(), first.to);
    for (const from of bases.values()) roads.push({ from, to: first.to, estimate: times(from, first.to) });
  }
  return roads;
};

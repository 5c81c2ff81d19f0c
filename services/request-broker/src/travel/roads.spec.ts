import type { Point } from '@muster/contracts';
import type { TravelTimes } from '@muster/domain';
import { expect, it } from 'vitest';
import { PLAN_ROADS_MS } from '../limits.ts';
import { straightLine, type TravelPort } from './port.ts';
import { roadsFor } from './roads.ts';

const lewes: Point = { lat: 50.88, lon: 0.02 };
const chelmsford: Point = { lat: 51.723, lon: 0.466 };
const canterbury: Point = { lat: 51.28, lon: 1.08 };
const now = (): number => 1_000_000;

/** Every road is ten minutes long; `asked` names the places of each question. */
const table = () => {
  const asked: Point[][] = [];
  const tenMinutes: TravelTimes = () => ({ minutes: 10, source: 'osrm-table' });
  const port: TravelPort = {
    async times(from, to) {
      asked.push([...from, to]);
      return tenMinutes;
    },
  };
  return { asked, port };
};

it('asks once for each place that units report to, and once for each base', async () => {
  const { asked, port } = table();
  const roads = await roadsFor(
    port,
    [
      { to: canterbury, from: [lewes, chelmsford] },
      { to: lewes, from: [chelmsford] },
      { to: { ...canterbury }, from: [{ ...lewes }] },
    ],
    now,
  );
  expect(asked).toEqual([
    [lewes, chelmsford, canterbury],
    [chelmsford, lewes],
  ]);
  expect(roads.map(({ from, to }) => [from, to])).toEqual([
    [lewes, canterbury],
    [chelmsford, canterbury],
    [chelmsford, lewes],
  ]);
  expect(roads.every(({ estimate }) => estimate.minutes === 10)).toBe(true);
});

it('goes on with what it has when its time is over', async () => {
  const { asked, port } = table();
  let ms = 0;
  const slow = (): number => {
    ms += PLAN_ROADS_MS / 2;
    return ms;
  };
  const roads = await roadsFor(
    port,
    [
      { to: canterbury, from: [lewes] },
      { to: lewes, from: [chelmsford] },
    ],
    slow,
  );
  expect(asked).toEqual([[lewes, canterbury]]);
  expect(roads).toHaveLength(1);
});

it('looks nothing up where the straight line is all there is', async () => {
  const from = {
    [Symbol.iterator](): Iterator<Point> {
      throw new Error('nobody looks at the bases');
    },
  };
  expect(await roadsFor(straightLine, [{ to: lewes, from }], now)).toEqual([]);
});

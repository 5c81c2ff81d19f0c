import type { CapabilityView, DeploymentView } from '@muster/contracts';
import { type GeoPermissibleObjects, geoConicEqualArea, geoPath } from 'd3-geo';
import type { Reference } from '../../api/reads.ts';

/** The picture's own units; it grows and shrinks with the page. */
export const WIDTH = 520;
export const HEIGHT = 760;
const MARGIN = 8;

type Force = Reference['forces'][number];
export type Point = { x: number; y: number };

/** Standard parallels and the middle meridian for the British Isles, in degrees. */
const PARALLELS: [number, number] = [51, 59];
const MERIDIAN = 3;

/** Draws what lies around the islands, and says where on the picture a place is. */
export const drawing = (outline: GeoPermissibleObjects) => {
  const projection = geoConicEqualArea()
    .parallels(PARALLELS)
    .rotate([MERIDIAN, 0])
    .fitExtent(
      [
        [MARGIN, MARGIN],
        [WIDTH - MARGIN, HEIGHT - MARGIN],
      ],
      outline,
    );
  return {
    path: geoPath(projection),
    at: ({ hqLat, hqLon }: Force): Point => {
      const [x, y] = projection([hqLon, hqLat]) ?? [0, 0];
      return { x, y };
    },
  };
};

export type ForceCover = { force: string; free: number; advertised: number };

/** What each force has free of what was looked for, the most first. */
export const coverByForce = (adverts: readonly CapabilityView[]): ForceCover[] => {
  const found = new Map<string, ForceCover>();
  for (const { force, free, quantity } of adverts) {
    const sum = found.get(force) ?? { force, free: 0, advertised: 0 };
    found.set(force, { force, free: sum.free + free, advertised: sum.advertised + quantity });
  }
  return [...found.values()].sort((a, b) => b.free - a.free || a.force.localeCompare(b.force));
};

export type Flow = { donor: string; host: string; quantity: number };

/** Units away, from one force to one host. */
export const flows = (deployments: readonly DeploymentView[]): Flow[] => {
  const found = new Map<string, Flow>();
  for (const { donor, host, quantity } of deployments) {
    const key = `${donor}/${host}`;
    found.set(key, { donor, host, quantity: quantity + (found.get(key)?.quantity ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.quantity - a.quantity || a.donor.localeCompare(b.donor));
};

/** How far an arc stands off the straight line, as a part of its length. */
const BEND = 0.2;

/** A bent line from one point to another, bent to the left of its way, so that there and back are two lines. */
export const arc = (from: Point, to: Point): string => {
  const x = (from.x + to.x) / 2 + (to.y - from.y) * BEND;
  const y = (from.y + to.y) / 2 - (to.x - from.x) * BEND;
  const at = (...numbers: number[]) => numbers.map((each) => each.toFixed(1)).join(' ');
  return `M${at(from.x, from.y)}Q${at(x, y, to.x, to.y)}`;
};

import { useMemo } from 'react';
import { outline } from 'world-atlas/countries-50m.json?outline';
import type { Reference } from '../../api/reads.ts';
import { arc, drawing, type Flow, type ForceCover, HEIGHT, WIDTH } from './places.ts';

/** Radius of a force that has nothing free, and of the one that has most, in the picture's units. */
const RADIUS_MIN = 3;
const RADIUS_MAX = 15;
const ARC_WIDTH_MAX = 6;

type Force = Reference['forces'][number];

/** The area of a circle tells how much is free. */
const radius = (free: number, most: number): number =>
  most === 0 ? RADIUS_MIN : RADIUS_MIN + (RADIUS_MAX - RADIUS_MIN) * Math.sqrt(free / most);

/** The picture says nothing that the lists beside it do not say, so that a screen reader is told where to look. */
export const Picture = ({
  forces,
  cover,
  flows,
  org,
}: {
  forces: readonly Force[];
  cover: readonly ForceCover[];
  flows: readonly Flow[];
  org: string;
}) => {
  const { path, at } = useMemo(() => drawing(outline), []);
  const byId = new Map(forces.map((force) => [force.id, force]));
  const most = Math.max(0, ...cover.map(({ free }) => free));
  return (
    <svg
      className="mu-map"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="Map of the forces; the lists on this page say the same in words"
    >
      {outline.features.map((feature, index) => (
        <path
          key={feature.id ?? index}
          d={path(feature) ?? ''}
          className={`mu-map__land${feature.id === '826' ? ' mu-map__land--uk' : ''}`}
        />
      ))}
      {forces.map((force) => {
        const { x, y } = at(force);
        const found = cover.find((each) => each.force === force.id);
        return (
          <circle
            key={force.id}
            cx={x}
            cy={y}
            r={radius(found?.free ?? 0, most)}
            className={`mu-map__force${found ? ' mu-map__force--has' : ''}${force.id === org ? ' mu-map__force--own' : ''}`}
          >
            <title>{found ? `${force.name}: ${found.free} free of ${found.advertised}` : force.name}</title>
          </circle>
        );
      })}
      {flows.map(({ donor, host, quantity }) => {
        const [from, to] = [byId.get(donor), byId.get(host)];
        return from && to ? (
          <path
            key={`${donor}/${host}`}
            d={arc(at(from), at(to))}
            className="mu-map__flow"
            strokeWidth={Math.min(ARC_WIDTH_MAX, 1 + quantity)}
          >
            <title>{`${quantity} from ${from.name} at ${to.name}`}</title>
          </path>
        ) : null;
      })}
    </svg>
  );
};

import type { Point, TravelEstimate } from '@muster/contracts';

const EARTH_RADIUS_KM = 6_371;
const RADIANS = Math.PI / 180;

/** How much longer a road is than the straight line; a usual value for Great Britain. */
export const ROAD_FACTOR = 1.3;
/** Mean speed of a marked vehicle in convoy over mixed roads, in kilometres an hour. */
export const ROAD_SPEED_KM_PER_HOUR = 70;

/** Kilometres in a straight line over the ground. */
export const distanceKm = (a: Point, b: Point): number => {
  const sinLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
};

/** Estimated minutes on the road, for ranking and first estimates only. */
export const travelMinutes = (km: number): number => ((km * ROAD_FACTOR) / ROAD_SPEED_KM_PER_HOUR) * 60;

/** Looks up the road from where units are to where they report. What it answers was found out beforehand. */
export type TravelTimes = (from: Point, to: Point) => TravelEstimate;

/** A road that was looked up, as plain data. */
export type Road = { from: Point; to: Point; estimate: TravelEstimate };

const placeOf = ({ lat, lon }: Point): string => `${lat},${lon}`;

/** Times by the roads that were looked up; those between other places by the straight line. */
export const byRoads = (roads: readonly Road[]): TravelTimes => {
  if (roads.length === 0) return greatCircle;
  const known = new Map<string, Map<string, TravelEstimate>>();
  for (const { from, to, estimate } of roads) {
    const there = known.get(placeOf(to)) ?? new Map<string, TravelEstimate>();
    known.set(placeOf(to), there.set(placeOf(from), estimate));
  }
  return (from, to) => known.get(placeOf(to))?.get(placeOf(from)) ?? greatCircle(from, to);
};

/** The straight line, {@link ROAD_FACTOR} times as long, at {@link ROAD_SPEED_KM_PER_HOUR}. */
export const greatCircle: TravelTimes = (from, to) => {
  const km = distanceKm(from, to);
  return { minutes: travelMinutes(km), km: km * ROAD_FACTOR, source: 'great-circle' };
};

/** Kilometres on the road, one way; where only its minutes are known, by the straight line. */
export const roadKm = ({ km }: TravelEstimate, from: Point, to: Point): number =>
  km ?? distanceKm(from, to) * ROAD_FACTOR;

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** An estimate as people read it: minutes and kilometres to a tenth. */
export const shownTravel = ({ minutes, km, ...rest }: TravelEstimate): TravelEstimate => ({
  ...{ minutes: tenths(minutes), ...(km !== undefined && { km: tenths(km) }) },
  ...rest,
});

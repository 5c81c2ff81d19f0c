import type { Point } from '@muster/contracts';
import { greatCircle, type TravelTimes } from '@muster/domain';

/** Knows how long the road is. */
export type TravelPort = {
  /**
   * The roads from some places to one, found out before anything is decided on them. It never throws: what it
   * does not know is estimated by the straight line, and says why.
   * @param from looked at only by a port that has to ask somebody.
   */
  times(from: Iterable<Point>, to: Point): Promise<TravelTimes>;
};

/** The straight line with a road factor, which is always there. */
export const straightLine: TravelPort = { times: async () => greatCircle };

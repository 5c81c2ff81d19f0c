import { z } from 'zod';
import { instant } from '../time.ts';
import { capabilityCode } from '../values.ts';

/** Furthest that a forecast of scarcity looks, in hours (two weeks). */
export const FORECAST_HOURS_MAX = 336;
/** How far it looks unless told otherwise, in hours. */
export const FORECAST_HOURS_DEFAULT = 72;

const free = z.int().min(0);

/** A code against its national floor, hour by hour. Quantities are units, people or items a week. */
export const forecastRow = z.object({
  code: capabilityCode,
  floor: z.int().min(1),
  /** Free in the first hour. */
  freeNow: free,
  /** The least that is free in any hour, and the first hour with so little. */
  freeLeast: free,
  leastAt: instant,
  /** Each stretch of whole hours in which less is free than the floor, and the least within it. */
  below: z.array(z.object({ from: instant, to: instant, freeLeast: free })),
});
export type ForecastRow = z.infer<typeof forecastRow>;

/** Which codes run short, for the centres: it counts adverts of all forces and names none. */
export const FORECAST_ASKS = {
  forecast: {
    service: 'capability-registry',
    query: z.object({
      hours: z.int().min(1).max(FORECAST_HOURS_MAX).default(FORECAST_HOURS_DEFAULT),
      /** A code or a dotted prefix, such as `CY`. */
      code: z.string().max(32).optional(),
    }),
    /** From the beginning of the present hour. Codes that fall come first, the soonest before the others. */
    answer: z.object({ from: instant, to: instant, rows: z.array(forecastRow) }),
  },
} as const;

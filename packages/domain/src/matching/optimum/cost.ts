import type { CostEstimate } from '@muster/contracts';

/** Pence for one unit for one hour where its donor has given no estimate. Our assumption: no tariff is known to the mesh. */
export const ASSUMED_PENCE_PER_UNIT_HOUR = 5_000;
/** Pence for one unit on one kilometre of road, there and back alike. Our assumption, as above. */
export const ASSUMED_PENCE_PER_UNIT_KM = 60;

const MINUTES_PER_HOUR = 60;

/** Whole pence for one unit, and whether they are assumed or the donor's own estimate. */
export type UnitCost = { pence: number; isAssumed: boolean };

/** An offer's estimate is for all the units that it offers. */
export const estimatedCost = ({ amountPence }: CostEstimate, quantity: number): UnitCost => ({
  pence: Math.ceil(amountPence / quantity),
  isAssumed: false,
});

/** @param km on the road from the base to where the unit is to report, one way. */
export const assumedCost = (minutes: number, km: number): UnitCost => ({
  pence: Math.ceil(
    (minutes / MINUTES_PER_HOUR) * ASSUMED_PENCE_PER_UNIT_HOUR + 2 * km * ASSUMED_PENCE_PER_UNIT_KM,
  ),
  isAssumed: true,
});

import { TIERS } from './table.gen.ts';

export type Tier = (typeof TIERS)[number];

/**
 * One stage of response.
 * @throws RangeError when the reference data has none.
 */
export const tierAt = (tier: number): Tier => {
  const found = TIERS.find((each) => each.tier === tier);
  if (!found) throw new RangeError(`there is no tier ${tier} in the reference data`);
  return found;
};

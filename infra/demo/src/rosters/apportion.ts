import { leaning, mayHold, regionalHoldings } from './holders.ts';
import type { Profile } from './profiles.ts';
import { between, randomFor } from './random.ts';
import type { Force } from './reference.ts';

/** Chance widens a force's weight by up to this share, so that equal forces do not hold the same. */
const CHANCE = 0.25;
/** The same for codes that not every force holds, so that the next force in size may be the one. */
const CHANCE_RARE = 0.5;

/**
 * Weight by officers to the power of three quarters: specialists grow with a force, but not as fast as it
 * does. Square roots are exact everywhere; `Math.pow` may differ in its last bit between engines.
 */
const weight = (officers: number): number => Math.sqrt(officers * Math.sqrt(officers));

type Claim = { id: string; least: number; quota: number };

/** Whole numbers that add up to `total`, each the floor of its quota or one more (largest remainder). */
const roundToTotal = (claims: readonly Claim[], total: number): Map<string, number> => {
  const whole = new Map(claims.map((claim) => [claim.id, claim.least + Math.floor(claim.quota)]));
  const given = [...whole.values()].reduce((sum, quantity) => sum + quantity, 0);
  const byRemainder = [...claims].sort((a, b) => (b.quota % 1) - (a.quota % 1) || (a.id < b.id ? -1 : 1));
  for (const claim of byRemainder.slice(0, Math.max(0, total - given))) {
    whole.set(claim.id, (whole.get(claim.id) ?? 0) + 1);
  }
  return whole;
};

/** How much of a profile each force holds: force id to a quantity above 0. */
export const apportion = (
  profile: Profile,
  forces: readonly Force[],
  seed: number,
): ReadonlyMap<string, number> => {
  const regional = regionalHoldings(profile.code, forces);
  if (regional.size > 0) return regional;
  const chance = profile.least > 0 ? CHANCE : CHANCE_RARE;
  const holders = forces.filter((force) => mayHold(force, profile.code));
  const weights = holders.map((force) => {
    const luck = between(randomFor(seed, 'share', profile.code, force.id), 1 - chance, 1 + chance);
    return weight(force.officers) * leaning(force, profile.code) * luck;
  });
  const sum = weights.reduce((total, value) => total + value, 0);
  const spare = profile.national - profile.least * holders.length;
  if (spare < 0)
    throw new RangeError(`${profile.code}: the national figure is below the least of every force`);
  const claims = holders.map((force, index) => {
    return { id: force.id, least: profile.least, quota: (spare * (weights[index] ?? 0)) / sum };
  });
  return new Map(
    [...roundToTotal(claims, profile.national)]
      .map(([id, quantity]): [string, number] => [id, Math.min(quantity, profile.most)])
      .filter(([, quantity]) => quantity > 0),
  );
};

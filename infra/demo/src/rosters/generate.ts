import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apportion } from './apportion.ts';
import { toCsv } from './csv.ts';
import { LEFT_OUT, PROFILES } from './profiles.ts';
import { type Code, type Force, referenceCodes, referenceForces } from './reference.ts';
import { rosterOf } from './roster.ts';

/** The seed of the committed rosters. */
export const SEED = 20_261_101;

/** The day from which accreditations are counted in the committed rosters. */
export const BASE_DATE = '2026-11-01';

/** Where the committed rosters are: one folder a force. */
export const ROSTERS = new URL('../../rosters/', import.meta.url);

export type Options = {
  seed: number;
  /** `YYYY-MM-DD`. */
  baseDate: string;
  forces: readonly Force[];
  codes: readonly Code[];
};

const assertEveryCodeHasAProfile = (codes: readonly Code[]): void => {
  const planned = [...PROFILES.map((profile) => profile.code), ...LEFT_OUT].sort();
  const known = codes.map(({ code }) => code).sort();
  if (planned.join() !== known.join()) {
    const odd = [...planned, ...known].filter((code) => !planned.includes(code) || !known.includes(code));
    throw new RangeError(
      `profiles.ts and the advertisable codes of the reference data differ in ${odd.join(', ')}`,
    );
  }
};

/**
 * The roster of every force: force id to CSV text. The same options give the same bytes.
 * @throws RangeError when a code that may be advertised has no profile, or a profile no such code.
 */
export const generateRosters = ({ seed, baseDate, forces, codes }: Options): ReadonlyMap<string, string> => {
  assertEveryCodeHasAProfile(codes);
  const shares = PROFILES.map((profile) => apportion(profile, forces, seed));
  return new Map(
    forces.map((force) => {
      const holdings = PROFILES.flatMap((profile, index) => {
        const code = codes.find((candidate) => candidate.code === profile.code);
        const quantity = shares[index]?.get(force.id);
        return code && quantity ? [{ profile, code, quantity }] : [];
      });
      return [force.id, toCsv(rosterOf({ seed, baseDate, forces }, force, holdings))];
    }),
  );
};

if (import.meta.main) {
  const rosters = generateRosters({
    seed: SEED,
    baseDate: BASE_DATE,
    forces: referenceForces(),
    codes: referenceCodes(),
  });
  for (const [force, text] of rosters) {
    mkdirSync(new URL(`${force}/`, ROSTERS), { recursive: true });
    writeFileSync(new URL(`${force}/capabilities.csv`, ROSTERS), text);
  }
  const rows = [...rosters.values()].reduce((sum, text) => sum + text.split('\n').length - 2, 0);
  console.log(
    `Wrote ${rows} capabilities of ${rosters.size} forces to ${fileURLToPath(ROSTERS)} (seed ${SEED}).`,
  );
}

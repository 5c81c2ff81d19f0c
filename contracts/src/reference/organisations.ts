import { FORCES } from './table.gen.ts';

export type Force = (typeof FORCES)[number];

const forces = new Map<string, Force>(FORCES.map((force) => [force.id, force]));

/** Regions that have a Regional Information and Coordination Centre; `national` forces belong to none. */
export const REGIONS: readonly string[] = [
  ...new Set(FORCES.map((force) => force.region).filter((region) => region !== 'national')),
].sort();

/** The national centre's organisation id. */
export const NATIONAL_CENTRE = 'npocc';

/** Organisation ids of the regional centres, `ricc-<region>`. */
export const REGIONAL_CENTRES: readonly string[] = REGIONS.map((region) => `ricc-${region}`);

/** Every organisation that has an account on the mesh, forces first. */
export const ORGS: readonly string[] = [...forces.keys(), NATIONAL_CENTRE, ...REGIONAL_CENTRES];

const orgs = new Set(ORGS);

/** What an organisation is, for rules about who may see what. */
export type OrgKind =
  | { kind: 'force'; force: Force }
  | { kind: 'region'; region: string }
  | { kind: 'national' };

export const isForce = (id: string): boolean => forces.has(id);
export const isOrg = (id: string): boolean => orgs.has(id);
export const findForce = (id: string): Force | undefined => forces.get(id);

/**
 * The force with this id.
 * @throws RangeError when the reference data has none.
 */
export const forceOf = (id: string): Force => {
  const force = forces.get(id);
  if (!force) throw new RangeError(`"${id}" is not a force in the reference data`);
  return force;
};

/** What kind of organisation this is, or undefined for an unknown id. */
export const orgKind = (id: string): OrgKind | undefined => {
  const force = forces.get(id);
  if (force) return { kind: 'force', force };
  if (id === NATIONAL_CENTRE) return { kind: 'national' };
  if (orgs.has(id)) return { kind: 'region', region: id.slice('ricc-'.length) };
  return undefined;
};

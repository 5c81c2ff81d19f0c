import {
  ADVERTISABLE_CODES,
  type CapabilityCode,
  findCapability,
  forceOf,
  isForce,
  ORGS,
} from '@muster/contracts';
import { ASSUMED_OFFICERS } from './assumed.ts';

/** What the generator needs of a force. */
export type Force = {
  id: string;
  region: string;
  town: string;
  lat: number;
  lon: number;
  /** Full-time equivalents: the Home Office figure, else the assumed one. */
  officers: number;
};

/** What the generator needs of a capability code; notice in minutes. */
export type Code = { code: string; noticeMin: number; noticeMax: number };

const toForce = (id: string): Force => {
  const { region, hqTown, hqLat, hqLon, officersFte } = forceOf(id);
  const officers = officersFte ?? ASSUMED_OFFICERS[id];
  if (officers === undefined)
    throw new RangeError(`${id} has no officer number: add one to ASSUMED_OFFICERS`);
  return { id, region, town: hqTown, lat: hqLat, lon: hqLon, officers };
};

const toCode = ({ code, noticeMinMinutes, noticeMaxMinutes }: CapabilityCode): Code => {
  if (noticeMinMinutes === undefined || noticeMaxMinutes === undefined) {
    throw new RangeError(`${code} may be advertised but has no notice in the reference data`);
  }
  return { code, noticeMin: noticeMinMinutes, noticeMax: noticeMaxMinutes };
};

/** Every force, in the order of the reference data. */
export const referenceForces = (): readonly Force[] => ORGS.filter(isForce).map(toForce);

/** The codes that may be advertised, in the order of the reference data. */
export const referenceCodes = (): readonly Code[] =>
  ADVERTISABLE_CODES.flatMap((code) => findCapability(code) ?? []).map(toCode);

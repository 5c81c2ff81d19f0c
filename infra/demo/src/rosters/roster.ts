import type { Row } from './csv.ts';
import {
  backlogOf,
  expiryOf,
  floorOf,
  noticeOf,
  releasableTo,
  type Site,
  sitesOf,
  statusOf,
  windowOf,
} from './details.ts';
import type { Profile } from './profiles.ts';
import { pick, type Random, randomFor } from './random.ts';
import type { Code, Force } from './reference.ts';
import { schemesOf } from './schemes.ts';

/** How much of one code a force holds. */
export type Holding = { profile: Profile; code: Code; quantity: number };

type Draw = { seed: number; baseDate: string; forces: readonly Force[] };

/** A holding in as few rows as its lot allows, as even as whole numbers are. */
const split = (quantity: number, lot: number): readonly number[] => {
  const rows = Math.ceil(quantity / lot);
  return Array.from({ length: rows }, (_, row) => Math.floor((quantity + row) / rows)).reverse();
};

const remarksOf = (random: Random, profile: Profile, quantity: number, remarks: string): string => {
  if (profile.kind !== 'queue') return remarks;
  return [`Backlog ${backlogOf(random, quantity)} devices`, remarks].filter((part) => part !== '').join('; ');
};

type Place = { force: Force; site: Site; id: string };

const rowOf = (draw: Draw, { force, site, id }: Place, { profile, code }: Holding, quantity: number): Row => {
  const random = randomFor(draw.seed, 'row', force.id, id);
  const schemes = schemesOf(code.code, force.region);
  const window = windowOf(random);
  const { status, remarks } = statusOf(random, profile);
  return {
    capability_id: id,
    code: code.code,
    kind: profile.kind,
    quantity,
    quantity_unit: profile.unit,
    base_town: site.town,
    base_lat: site.lat.toFixed(3),
    base_lon: site.lon.toFixed(3),
    notice_minutes: noticeOf(random, code),
    available_from: window.from,
    available_to: window.to,
    releasable_to: releasableTo(random, code.code, force, draw.forces),
    accreditation: schemes.join(';'),
    accreditation_expires: schemes.length > 0 ? expiryOf(random, draw.baseDate) : '',
    reserve_floor: floorOf(random, quantity),
    min_rest_minutes: profile.rest,
    status,
    remarks: remarksOf(random, profile, quantity, remarks),
  };
};

/** The rows of one force, in the order of its holdings. Ids are the code and a number, such as `cy-fccu-1`. */
export const rosterOf = (draw: Draw, force: Force, holdings: readonly Holding[]): readonly Row[] => {
  const sites = sitesOf(randomFor(draw.seed, 'sites', force.id), force);
  return holdings.flatMap((holding) =>
    split(holding.quantity, holding.profile.lot).map((quantity, index) => {
      const id = `${holding.code.code.toLowerCase().replaceAll('.', '-')}-${index + 1}`;
      const site = pick(randomFor(draw.seed, 'site', force.id, id), sites);
      return rowOf(draw, { force, site, id }, holding, quantity);
    }),
  );
};

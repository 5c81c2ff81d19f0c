import type { Profile } from './profiles.ts';
import { between, integer, pick, type Random } from './random.ts';
import type { Code, Force } from './reference.ts';

/** A town and a point, degrees with three decimals (about 100 m). */
export type Site = { town: string; lat: number; lon: number };

/** Largest distance of an invented site from its force's headquarters, in degrees: about 5 km each way. */
const JITTER_LAT = 0.045;
const JITTER_LON = 0.075;

/** Officers for each further site of a force, and the most sites that one force has. */
const OFFICERS_PER_SITE = 2_500;
const SITES_MAX = 6;

/** How far ahead an accreditation that is in date may run, and how long ago a lapsed one ended, in days. */
const IN_DATE_DAYS_MAX = 1_080;
const LAPSED_DAYS_MAX = 120;

const round3 = (degrees: number): number => Math.round(degrees * 1_000) / 1_000;

/** The date that many days after an ISO date, both `YYYY-MM-DD`. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Invented sites around a force's headquarters; bigger forces have more. */
export const sitesOf = (random: Random, force: Force): readonly Site[] => {
  const count = Math.min(SITES_MAX, 1 + Math.floor(force.officers / OFFICERS_PER_SITE));
  return Array.from({ length: count }, () => {
    return {
      town: force.town,
      lat: round3(force.lat + between(random, -JITTER_LAT, JITTER_LAT)),
      lon: round3(force.lon + between(random, -JITTER_LON, JITTER_LON)),
    };
  });
};

/** Notice to move, in minutes: the least, the middle to the half hour, or the most that the code allows. */
export const noticeOf = (random: Random, code: Code): number => {
  const middle = Math.round((code.noticeMin + code.noticeMax) / 60) * 30;
  return pick(random, [code.noticeMin, Math.max(code.noticeMin, middle), code.noticeMax]);
};

/**
 * When it can be lent, as London local times. Seven in eight cover both years; the rest begin or end
 * within them. Hours are never in the night, so no time falls into a clock change.
 */
export const windowOf = (random: Random): { from: string; to: string } => {
  const from = '2026-01-01 00:00';
  const to = '2027-12-31 23:59';
  const shape = random();
  const days = integer(random, 0, 330);
  if (shape < 0.05) return { from: `${addDays('2026-02-01', days)} 07:00`, to };
  if (shape < 0.09) return { from, to: `${addDays('2027-01-15', days)} 19:00` };
  if (shape < 0.125) {
    return {
      from: `${addDays('2026-06-01', Math.floor(days / 2))} 08:00`,
      to: `${addDays('2027-04-01', Math.floor(days / 2))} 18:00`,
    };
  }
  return { from, to };
};

/** Last day of the accreditation; some lapse within a year of the base date and a few already have. */
export const expiryOf = (random: Random, baseDate: string): string => {
  const shape = random();
  const share = random();
  if (shape < 0.03) return addDays(baseDate, -1 - Math.floor(share * LAPSED_DAYS_MAX));
  if (shape < 0.1) return '';
  return addDays(baseDate, 30 + Math.floor(share * (IN_DATE_DAYS_MAX - 30)));
};

const nearest = (force: Force, forces: readonly Force[], count: number): readonly string[] => {
  // A degree of longitude is about 0.6 of a degree of latitude here; enough to order neighbours.
  const apart = (other: Force): number => (other.lat - force.lat) ** 2 + (0.6 * (other.lon - force.lon)) ** 2;
  return forces
    .filter((other) => other.id !== force.id && other.region !== 'national')
    .sort((a, b) => apart(a) - apart(b))
    .slice(0, count)
    .map((other) => other.id);
};

/** To whom it may be lent: mostly national; custody, which is a journey away at best, mostly regional. */
export const releasableTo = (
  random: Random,
  code: string,
  force: Force,
  forces: readonly Force[],
): string => {
  const shape = random();
  const near = code === 'LO.CUST' ? 0.7 : 0.07;
  const hasRegion = forces.some((other) => other.id !== force.id && other.region === force.region);
  if (shape < near && force.region !== 'national' && hasRegion) return 'region';
  if (shape > 0.97) return nearest(force, forces, 3).join(';');
  return 'national';
};

/** What a force keeps when it answers by policy: a fifth to two fifths, and of a single one now and then itself. */
export const floorOf = (random: Random, quantity: number): number => {
  if (quantity === 1) return random() < 0.12 ? 1 : 0;
  return Math.floor(quantity * pick(random, [0.2, 0.3, 0.4]));
};

const UNAVAILABLE: readonly string[] = [
  'Held for a local operation',
  'Below safe staffing, reviewed weekly',
  'Withdrawn until the next review',
];

const AVAILABLE: readonly string[] = [
  'Own transport',
  'Own transport, accommodation needed',
  'Day shift only',
  'Ring the duty desk before moves ahead of 06:00',
];

/** Whether it can be lent now, and a remark; about one in twenty-five cannot. */
export const statusOf = (random: Random, profile: Profile): { status: string; remarks: string } => {
  const shape = random();
  const isSaid = random() < 0.15;
  if (shape < 0.04) return { status: 'unavailable', remarks: pick(random, UNAVAILABLE) };
  const isCrewed = profile.rest > 0;
  return { status: 'available', remarks: isCrewed && isSaid ? pick(random, AVAILABLE) : '' };
};

/** Backlog of a laboratory: some weeks' work, in items. */
export const backlogOf = (random: Random, quantity: number): number =>
  Math.round(quantity * between(random, 6, 42));

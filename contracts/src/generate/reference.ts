import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { WEIGHT_MAX } from '../limits.ts';

const number = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);
const optional = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema]);

const forceRow = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  type: z.enum(['territorial', 'special', 'agency']),
  region: z.string().regex(/^[a-z-]+$/),
  rocu: z.string(),
  ons_pfa: z.string(),
  hq_town: z.string().min(1),
  hq_lat: number,
  hq_lon: number,
  officers_fte_sep2019: optional(number),
});

const capabilityRow = z.strictObject({
  code: z.string().regex(/^[A-Z]{2}(\.[A-Z0-9]+)+$/),
  name: z.string().min(1),
  category: z.string().min(1),
  typical_unit: z.string().min(1),
  notice_min_minutes: optional(number),
  notice_max_minutes: optional(number),
  accreditation: z.string(),
  advertise: z.enum(['yes', 'no']),
});

const whole = z.string().regex(/^\d+$/).transform(Number);

const tierRow = z.strictObject({
  tier: whole,
  name: z.string().min(1),
  reach: z.enum(['named', 'region', 'national']),
  accepted_by: z.enum(['host', 'ricc', 'npocc']),
  answer_minutes_immediate: whole,
  answer_minutes_expected: whole,
  answer_minutes_future: whole,
});

const weight = number.pipe(z.number().min(0).max(WEIGHT_MAX));

const weightsRow = z.strictObject({
  version: z.string().regex(/^\d+$/),
  lateness: weight,
  travel: weight,
  tier: weight,
  strain: weight,
  reserve: weight,
  skill_fit: weight,
  cost: weight,
});

const floorRow = z.strictObject({ code: z.string(), units: whole.pipe(z.int().min(1)) });

const rows = (csv: string): unknown[] => parse(csv, { columns: true, bom: true, skip_empty_lines: true });

/** The text of each table of reference data. */
export type ReferenceCsv = {
  forces: string;
  capabilities: string;
  tiers: string;
  weights: string;
  floors: string;
};

/**
 * The TypeScript source of the reference tables.
 * @throws ZodError naming the row and column of a value that does not fit.
 */
export const referenceSource = (csv: ReferenceCsv): string => {
  const forces = z
    .array(forceRow)
    .parse(rows(csv.forces))
    .map((row) => ({
      id: row.id,
      name: row.name,
      type: row.type,
      region: row.region,
      rocu: row.rocu,
      hqTown: row.hq_town,
      hqLat: row.hq_lat,
      hqLon: row.hq_lon,
      officersFte: row.officers_fte_sep2019,
    }));
  const capabilities = z
    .array(capabilityRow)
    .parse(rows(csv.capabilities))
    .map((row) => ({
      code: row.code,
      name: row.name,
      category: row.category,
      typicalUnit: row.typical_unit,
      noticeMinMinutes: row.notice_min_minutes,
      noticeMaxMinutes: row.notice_max_minutes,
      accreditation: row.accreditation,
      advertise: row.advertise === 'yes',
    }));
  const tiers = z
    .array(tierRow)
    .parse(rows(csv.tiers))
    .map((row) => ({
      tier: row.tier,
      name: row.name,
      reach: row.reach,
      acceptedBy: row.accepted_by,
      answerMinutes: {
        IMMEDIATE: row.answer_minutes_immediate,
        EXPECTED: row.answer_minutes_expected,
        FUTURE: row.answer_minutes_future,
      },
    }));
  const weights = z
    .array(weightsRow)
    .min(1)
    .parse(rows(csv.weights))
    .map(({ skill_fit: skillFit, cost, ...row }) => ({ ...row, skillFit, cost }));
  const advertisable = new Set(capabilities.filter(({ advertise }) => advertise).map(({ code }) => code));
  const floors = z
    .array(
      floorRow.refine(({ code }) => advertisable.has(code), { message: 'is not advertised', path: ['code'] }),
    )
    .parse(rows(csv.floors));
  const table = (values: object[]): string => values.map((value) => `  ${JSON.stringify(value)},`).join('\n');
  return `// Made from data/*.csv by \`pnpm generate\`; a test holds that it matches them.

type ForceRow = {
  readonly id: string;
  readonly name: string;
  readonly type: 'territorial' | 'special' | 'agency';
  readonly region: string;
  readonly rocu: string;
  readonly hqTown: string;
  /** Degrees WGS 84, for ranking by distance only. */
  readonly hqLat: number;
  readonly hqLon: number;
  /** Full-time equivalent officers, September 2019; absent where the Home Office table has none. */
  readonly officersFte?: number;
};

type CapabilityRow = {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly typicalUnit: string;
  readonly noticeMinMinutes?: number;
  readonly noticeMaxMinutes?: number;
  readonly accreditation: string;
  /** False for covert and restricted codes, which never appear on the mesh. */
  readonly advertise: boolean;
};

type TierRow = {
  readonly tier: number;
  readonly name: string;
  /** Which forces are asked at this tier: those that the host names, all of its region, or all. */
  readonly reach: 'named' | 'region' | 'national';
  /** Who has to agree that a request goes up to it. */
  readonly acceptedBy: 'host' | 'ricc' | 'npocc';
  /** Minutes that asked forces are given to answer, by urgency. */
  readonly answerMinutes: { readonly IMMEDIATE: number; readonly EXPECTED: number; readonly FUTURE: number };
};

type WeightsRow = {
  readonly version: string;
  readonly lateness: number;
  readonly travel: number;
  readonly tier: number;
  readonly strain: number;
  readonly reserve: number;
  readonly skillFit: number;
  readonly cost: number;
};

type FloorRow = {
  readonly code: string;
  /** Units, people or items a week below which the country should not fall. */
  readonly units: number;
};

export const TIERS: readonly TierRow[] = [
${table(tiers)}
];

export const FORCES: readonly ForceRow[] = [
${table(forces)}
];

export const CAPABILITIES: readonly CapabilityRow[] = [
${table(capabilities)}
];

/** Every set of weights that was ever the committed default, the present one last. */
export const MATCHING_WEIGHTS: readonly WeightsRow[] = [
${table(weights)}
];

export const NATIONAL_FLOORS: readonly FloorRow[] = [
${table(floors)}
];
`;
};

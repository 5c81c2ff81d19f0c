import type { Force } from './reference.ts';

/**
 * The force whose roster shows its region's cyber teams and coordinator, one for each region. Which force
 * employs a regional unit is settled by collaboration agreements; this table is an assumption.
 */
export const REGION_LEADS: Readonly<Record<string, string>> = {
  'east-midlands': 'leicestershire',
  eastern: 'bedfordshire',
  london: 'metropolitan',
  'north-east': 'northumbria',
  'north-west': 'merseyside',
  'northern-ireland': 'northern-ireland',
  scotland: 'police-scotland',
  'south-east': 'thames-valley',
  'south-west': 'avon-and-somerset',
  wales: 'south-wales',
  'west-midlands': 'west-midlands',
  'yorkshire-humber': 'west-yorkshire',
};

/** Codes that only the leads above hold. */
const REGIONAL_CODES: readonly string[] = ['CY.RCCU', 'CY.COORD'];

/** A region with at least this many officers has two cyber teams, any other has one. */
const TWO_TEAMS_OFFICERS_MIN = 9_000;

/** What the bodies without a territory may hold; assumed from what each is for. */
const NATIONAL_BODIES: Readonly<Record<string, readonly string[]>> = {
  btp: [
    ...[
      'PO.PSU.L2',
      'PO.CMD',
      'PO.TAC',
      'PO.EGT',
      'PO.PLT',
      'PO.MED',
      'FA.ARV',
      'FA.TFC',
      'DG.GP',
      'DG.EXPL',
    ],
    ...[
      'AI.UAS',
      'SE.POLSA',
      'SE.TEAM',
      'DF.LAB',
      'DF.MOB',
      'DF.DMI',
      'CY.FCCU',
      'IN.SIO',
      'IN.FLO',
      'IN.CSI',
    ],
    ...['NE.NEG', 'LO.CONTROL', 'LO.MOE', 'WE.TRIM'],
  ],
  cnc: ['FA.ARV', 'FA.TFC', 'DG.GP', 'DG.EXPL', 'SE.POLSA', 'WE.TRIM'],
  mdp: ['FA.ARV', 'FA.TFC', 'PO.PRT', 'DG.GP', 'DG.EXPL', 'SE.POLSA', 'SE.TEAM', 'MA.BOAT', 'WE.TRIM'],
  nca: [
    ...['DF.LAB', 'DF.SCENE', 'DF.DMI', 'CY.CRYPTO', 'CY.DARK', 'IN.SIO', 'IN.ISTV', 'IN.FIN', 'IN.COMMS'],
    'NE.NEG',
  ],
};

/** Codes that need a coast, hills or stables, and the territorial forces assumed to have them. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'MA.BOAT': [
    ...['avon-and-somerset', 'cheshire', 'cumbria', 'devon-and-cornwall', 'dorset', 'dyfed-powys', 'essex'],
    ...[
      'hampshire',
      'humberside',
      'kent',
      'lancashire',
      'merseyside',
      'metropolitan',
      'norfolk',
      'north-wales',
    ],
    ...['northumbria', 'police-scotland', 'northern-ireland', 'south-wales', 'suffolk', 'sussex'],
  ],
  'MA.MTN': [
    ...['cumbria', 'derbyshire', 'devon-and-cornwall', 'dyfed-powys', 'greater-manchester', 'gwent'],
    ...['lancashire', 'north-wales', 'north-yorkshire', 'northern-ireland', 'northumbria', 'police-scotland'],
    ...['south-wales', 'west-yorkshire'],
  ],
  'MO.SEC': [
    ...[
      'avon-and-somerset',
      'city-of-london',
      'greater-manchester',
      'lancashire',
      'merseyside',
      'metropolitan',
    ],
    ...['northumbria', 'police-scotland', 'south-wales', 'south-yorkshire', 'thames-valley', 'west-midlands'],
    'west-yorkshire',
  ],
};

/** How many times its size a force weighs for a code in which it leads. */
const LEANING: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'city-of-london': { 'IN.FIN': 6, 'CY.CRYPTO': 8, 'CY.DARK': 4, 'CY.FCCU': 2 },
  nca: { 'CY.CRYPTO': 2, 'CY.DARK': 2 },
  mdp: { 'MA.BOAT': 2 },
};

/** True when this force's roster may hold the code by apportionment. */
export const mayHold = (force: Force, code: string): boolean => {
  if (REGIONAL_CODES.includes(code)) return false;
  const body = NATIONAL_BODIES[force.id];
  if (body) return body.includes(code);
  return PLACES[code]?.includes(force.id) ?? true;
};

/** How many times its size a force weighs for a code. */
export const leaning = (force: Force, code: string): number => LEANING[force.id]?.[code] ?? 1;

/** Quantities that go to region leads: force id to quantity; empty for a code that is not regional. */
export const regionalHoldings = (code: string, forces: readonly Force[]): ReadonlyMap<string, number> => {
  if (!REGIONAL_CODES.includes(code)) return new Map();
  const officersIn = (region: string): number =>
    forces.filter((force) => force.region === region).reduce((sum, force) => sum + force.officers, 0);
  return new Map(
    Object.entries(REGION_LEADS).map(([region, lead]) => {
      const teams = officersIn(region) >= TWO_TEAMS_OFFICERS_MIN ? 2 : 1;
      return [lead, code === 'CY.COORD' ? 1 : teams];
    }),
  );
};

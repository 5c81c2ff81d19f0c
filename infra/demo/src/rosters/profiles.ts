/**
 * How one capability code is held across the country. Every figure is a planning assumption made for the
 * demonstration; none is a published holding of any force.
 */
export type Profile = {
  code: string;
  /** unit: one row for each; pool: one row for up to `lot`; queue: one row, items a week. */
  kind: 'unit' | 'pool' | 'queue';
  /** What the quantity counts, as the roster prints it. */
  unit: string;
  /** Aimed at over all forces, before `most` is applied; in `unit`s. */
  national: number;
  /** What every force that may hold the code has at least; 0 leaves forces without it. */
  least: number;
  /** What one force has at most. */
  most: number;
  /** Largest quantity of one row; a force that holds more has several rows. */
  lot: number;
  /** Rest before the next deployment, in minutes; 0 where no one is deployed. */
  rest: number;
};

/** Eleven hours, the daily rest of the Working Time Regulations 1998; a planning default here. */
const REST = 660;

const unit = (code: string, national: number, least = 0, rest = REST): Profile => {
  return { code, kind: 'unit', unit: 'unit', national, least, most: 60, lot: 1, rest };
};

const pool = (
  code: string,
  unitName: string,
  national: number,
  bounds: { least?: number; most?: number; lot?: number; rest?: number } = {},
): Profile => {
  const { least = 1, most = 10_000, lot = 30, rest = REST } = bounds;
  return { code, kind: 'pool', unit: unitName, national, least, most, lot, rest };
};

/** One profile a code, in the order of the reference data. Regional teams are in `holders.ts`. */
export const PROFILES: readonly Profile[] = [
  unit('PO.PSU.L2', 150, 1),
  unit('PO.PSU.L1', 18),
  pool('PO.CMD', 'officers', 260),
  pool('PO.TAC', 'officers', 84, { least: 0 }),
  pool('PO.EGT', 'teams', 60, { least: 0 }),
  unit('PO.PRT', 20),
  pool('PO.PLT', 'teams', 64, { least: 0 }),
  pool('PO.MED', 'officers', 420, { least: 2 }),
  unit('PO.AEP', 16),
  pool('FA.ARV', 'crews', 330, { least: 2, rest: 720 }),
  unit('FA.SFO', 18, 0, 720),
  pool('FA.TFC', 'officers', 240, { least: 2 }),
  unit('FA.CP', 12, 0, 720),
  unit('CB.RESP', 28),
  pool('CB.TAC', 'officers', 36, { least: 0 }),
  pool('CB.CMD', 'officers', 24, { least: 0 }),
  unit('DV.TEAM', 30),
  pool('DV.SIM', 'officers', 24, { least: 0 }),
  pool('DV.CAS', 'seats', 820, { least: 10, most: 50, lot: 50 }),
  pool('SE.POLSA', 'officers', 200),
  unit('SE.TEAM', 62),
  unit('SE.DIVE', 14, 0, 1_440),
  unit('MA.BOAT', 26),
  unit('MA.MTN', 10),
  pool('DG.GP', 'teams', 400, { least: 2, rest: 720 }),
  pool('DG.EXPL', 'teams', 80, { least: 0, rest: 720 }),
  unit('DG.DIGI', 26, 0, 720),
  unit('DG.VR', 18, 0, 720),
  unit('MO.SEC', 18, 0, 720),
  pool('AI.UAS', 'teams', 180),
  pool('RP.UNIT', 'units', 290, { least: 2 }),
  pool('RP.FCI', 'officers', 160),
  {
    code: 'DF.LAB',
    kind: 'queue',
    unit: 'devices/week',
    national: 1_100,
    least: 6,
    most: 150,
    lot: 150,
    rest: 0,
  },
  pool('DF.SCENE', 'officers', 60, { least: 0 }),
  unit('DF.MOB', 48, 0, 0),
  pool('DF.DMI', 'officers', 190, { lot: 12 }),
  pool('CY.FCCU', 'officers', 132, { most: 12, lot: 12 }),
  unit('CY.RCCU', 0),
  pool('CY.COORD', 'officers', 0, { least: 0 }),
  pool('CY.CRYPTO', 'officers', 38, { least: 0 }),
  pool('CY.DARK', 'officers', 40, { least: 0 }),
  pool('IN.SIO', 'officers', 280),
  pool('IN.HOLMES', 'teams', 54, { least: 0 }),
  pool('IN.FLO', 'pairs', 420, { least: 2 }),
  pool('IN.ISTV', 'officers', 80, { least: 0 }),
  pool('IN.FIN', 'officers', 260),
  pool('IN.COMMS', 'officers', 84, { least: 0 }),
  pool('IN.CSI', 'officers', 500, { least: 2 }),
  pool('NE.NEG', 'teams', 120),
  pool('NE.COORD', 'officers', 40, { least: 0 }),
  pool('LO.CUST', 'cells', 520, { least: 4, most: 40, lot: 40, rest: 0 }),
  pool('LO.CONTROL', 'staff', 150, { least: 0 }),
  unit('LO.MOE', 46),
  pool('WE.TRIM', 'staff', 84, { least: 0 }),
];

/**
 * Known codes that no roster holds. Air support is one national service that is linked to and not lent
 * by forces, so a force's roster has no row for it.
 */
export const LEFT_OUT: readonly string[] = ['AI.NPAS'];

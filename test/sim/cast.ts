import type { Actor, CapabilityAdvertised, RequestTerms } from '@muster/contracts';

/** When every history begins: a Monday. */
export const START = '2026-12-07T08:00:00.000Z';

const MINUTE_MS = 60_000;

export const moved = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * MINUTE_MS).toISOString();

const HOUR = 60;
const DAY = 24 * HOUR;

export const HOSTS = [
  'kent',
  'durham',
  'essex',
  'cumbria',
  'dorset',
  'gwent',
  'norfolk',
  'cheshire',
  'humberside',
  'cleveland',
] as const;

export const DONORS = [
  'sussex',
  'surrey',
  'hampshire',
  'suffolk',
  'bedfordshire',
  'hertfordshire',
  'merseyside',
  'lancashire',
  'northumbria',
  'west-yorkshire',
  'wiltshire',
  'gloucestershire',
  'south-wales',
  'west-midlands',
  'staffordshire',
  'metropolitan',
  'thames-valley',
  'nottinghamshire',
  'police-scotland',
  'btp',
] as const;

/** Donors that have set rules for who approves their offers. */
export const RULED_DONORS = [DONORS[0], DONORS[1], DONORS[2], DONORS[3]] as const;

export type Capability = {
  force: string;
  capabilityId: string;
  kind: CapabilityAdvertised['kind'];
  quantity: number;
  code: string;
  minRestMinutes: number;
};

const PSU = 'PO.PSU.L2';
const LAB = 'DF.LAB';
export const CODES = [PSU, LAB] as const;

/** Every donor lends pools; every third has single units or a queue beside. Some ask for rest. */
export const CAPABILITIES: readonly Capability[] = DONORS.flatMap((force, n) => {
  const one = (capabilityId: string, kind: Capability['kind'], quantity: number, code: string) => ({
    ...{ force, capabilityId, kind, quantity, code },
    minRestMinutes: n % 4 === 1 && kind !== 'queue' ? 45 : 0,
  });
  const beside = [one('unit', 'unit', 1, PSU), one('queue', 'queue', 5, LAB)][n % 3];
  return [one('pool', 'pool', 2 + (n % 4), PSU), ...(beside ? [beside] : [])];
});

export const terms: RequestTerms = {
  urgency: 'IMMEDIATE',
  threatCategory: 'PUBLIC_DISORDER',
  legalBasis: 'PA96-S24',
  costCategory: 'NIL_PAYBACK',
  specialDemandReason: 'Disorder beyond own means',
  contactDesk: 'Force control room',
};

export const rationale = {
  information: 'Known',
  threatAndRisk: 'Assessed',
  powersAndPolicy: 'Checked',
  options: 'Weighed',
  actionAndReview: 'Planned',
};

export const POSTS = {
  requester: { role: 'requester', id: 'duty-desk' },
  approver: { role: 'approver', id: 'duty-acc' },
  national: { role: 'national-centre', id: 'national-desk' },
  region: { role: 'ricc', id: 'regional-desk' },
  donor: { role: 'donor-desk', id: 'resource-desk' },
  donorApprover: { role: 'donor-approver', id: 'donor-acc' },
  finance: { role: 'finance', id: 'finance-lead' },
} as const satisfies Record<string, Actor>;

export const place = { name: 'Canterbury', lat: 51.28, lon: 1.08 };

export const advertOf = (of: Capability, revision: number): CapabilityAdvertised => ({
  ...of,
  revision,
  quantityUnit: of.kind === 'queue' ? 'items-per-week' : 'unit',
  base: { name: 'Base', lat: 50.88, lon: 0.02 },
  noticeMinutes: HOUR,
  windows: [{ from: moved(START, -7 * DAY), to: moved(START, 180 * DAY) }],
  releasableTo: { kind: 'national' },
  accreditations: [{ scheme: 'PO-L2', validTo: moved(START, 360 * DAY) }],
  reserveFloor: 0,
  status: 'available',
  expiresAt: moved(START, 180 * DAY),
});

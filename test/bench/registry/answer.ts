import type { AskAnswer, CapabilityView } from '@muster/contracts';

/** Rows of an answer. One, about 500 bytes, so that the call itself is measured rather than validation. */
export const ROWS = 1;

const view = (n: number): CapabilityView => ({
  force: 'kent',
  capabilityId: `cy-fccu-${n}`,
  revision: 3,
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: 6,
  quantityUnit: 'officers',
  base: { name: 'Maidstone', lat: 51.2635, lon: 0.539 },
  noticeMinutes: 1_440,
  windows: [{ from: '2026-01-01T00:00:00.000Z', to: '2027-12-31T23:59:00.000Z' }],
  releasableTo: { kind: 'national' },
  accreditations: [{ scheme: 'FCR', validTo: '2027-06-30T23:59:59.999Z' }],
  reserveFloor: 1,
  minRestMinutes: 660,
  status: 'available',
  expiresAt: '2026-11-22T22:00:00.000Z',
  free: 4,
  confirmedAt: '2026-11-22T21:45:00.000Z',
});

/** The same answer for both sides. */
export const ANSWER: AskAnswer<'capability-search'> = {
  items: Array.from({ length: ROWS }, (_, n) => view(n + 1)),
};

export const QUERY = { code: 'CY.FCCU', region: 'eastern', limit: ROWS } as const;

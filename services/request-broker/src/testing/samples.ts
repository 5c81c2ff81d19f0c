import type { CapabilityAdvertised } from '@muster/contracts';
import type { CommandInput } from '@muster/mesh';

const HOUR_MS = 3_600_000;

/** An instant so many milliseconds from now. */
export const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
export const inHours = (hours: number): string => inMs(hours * HOUR_MS);

export const desk = { role: 'requester', id: 'duty-desk' } as const;

const place = { name: 'Here', lat: 51.3, lon: 0.5 };

export const advertOf = (
  force: string,
  capabilityId: string,
  over: Partial<CapabilityAdvertised> = {},
): CapabilityAdvertised => ({
  force,
  capabilityId,
  revision: 1,
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: 1,
  quantityUnit: 'officers',
  base: place,
  noticeMinutes: 0,
  windows: [{ from: inHours(-24), to: inHours(24 * 30) }],
  releasableTo: { kind: 'national' },
  accreditations: [],
  reserveFloor: 0,
  minRestMinutes: 0,
  status: 'available',
  expiresAt: inHours(24),
  ...over,
});

export type Create = CommandInput<'request-create'>;

export const createOf = (commandId: string, forces: string[], over: Partial<Create> = {}): Create => ({
  commandId,
  actor: desk,
  lines: [
    {
      lineId: 'a',
      capabilityCode: 'CY.FCCU',
      quantity: 1,
      minimumQuantity: 1,
      from: inHours(2),
      to: inHours(8),
      reportTo: place,
      accreditations: [],
    },
  ],
  terms: {
    urgency: 'IMMEDIATE',
    threatCategory: 'CYBER',
    legalBasis: 'PA96-S24',
    costCategory: 'SPECIALIST_STAFF',
    specialDemandReason: 'ransomware',
    contactDesk: 'duty desk',
  },
  recipients: { kind: 'forces', forces },
  answerBy: inHours(1),
  ...over,
});

export const offerOf = (
  commandId: string,
  host: string,
  requestId: string,
  capabilityId: string,
  quantity = 1,
): CommandInput<'offer-make'> => ({
  commandId,
  actor: { role: 'donor-desk', id: 'resources' },
  host,
  requestId,
  lineId: 'a',
  capabilityId,
  quantity,
  estimatedArrival: inHours(2),
});

export const acceptOf = (
  commandId: string,
  requestId: string,
  offerId: string,
  quantity = 1,
): CommandInput<'offer-accept'> => ({
  commandId,
  actor: desk,
  requestId,
  accept: [{ offerId, quantity }],
});

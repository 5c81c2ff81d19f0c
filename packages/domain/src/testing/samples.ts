import type {
  Actor,
  CapabilityAdvertised,
  CommandBody,
  Envelope,
  MusterEvent,
  RequestLine,
  RequestTerms,
} from '@muster/contracts';

/** Monday 7 December 2026, 08:00 UTC: the moment at which specs begin. */
export const START = '2026-12-07T08:00:00.000Z';

export const actor: Actor = { role: 'requester', id: 'duty-desk' };

export const at = (hours: number): string => new Date(Date.parse(START) + hours * 3_600_000).toISOString();

export const place = { name: 'Canterbury', lat: 51.28, lon: 1.08 };

export const terms: RequestTerms = {
  urgency: 'IMMEDIATE',
  threatCategory: 'PUBLIC_DISORDER',
  legalBasis: 'PA96-S24',
  costCategory: 'EMERGENCY_SPONTANEOUS',
  specialDemandReason: 'Disorder beyond own means',
  contactDesk: 'Force control room',
};

export const line = (over: Partial<RequestLine> = {}): RequestLine => ({
  lineId: 'l1',
  capabilityCode: 'PO.PSU.L2',
  quantity: 2,
  minimumQuantity: 1,
  from: at(4),
  to: at(16),
  reportTo: place,
  accreditations: ['PO-L2'],
  ...over,
});

export const advert = (over: Partial<CapabilityAdvertised> = {}): CapabilityAdvertised => ({
  force: 'sussex',
  capabilityId: 'psu-1',
  revision: 1,
  code: 'PO.PSU.L2',
  kind: 'pool',
  quantity: 3,
  quantityUnit: 'unit',
  base: { name: 'Lewes', lat: 50.88, lon: 0.02 },
  noticeMinutes: 60,
  windows: [{ from: at(-24), to: at(24 * 60) }],
  releasableTo: { kind: 'national' },
  accreditations: [{ scheme: 'PO-L2', validTo: at(24 * 365) }],
  reserveFloor: 0,
  minRestMinutes: 0,
  status: 'available',
  expiresAt: at(24 * 30),
  ...over,
});

export const createBody = (
  over: Partial<CommandBody<'request-create'>> = {},
): CommandBody<'request-create'> => ({
  commandId: 'r1',
  actor,
  classification: 'OFFICIAL',
  lines: [line()],
  terms,
  recipients: { kind: 'forces', forces: ['sussex', 'surrey'] },
  answerBy: at(2),
  ...over,
});

export const envelopeOf = (event: MusterEvent, id: string, time: string): Envelope => ({
  id,
  source: '/muster/hub/request-broker',
  type: event.type,
  time,
  commandId: id.split('.')[1] ?? id,
  actor: 'hub/broker/request-broker',
  classification: 'OFFICIAL',
});

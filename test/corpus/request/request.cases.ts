/** A request body that is good; each case changes one thing in it. */
export const GOOD_REQUEST = {
  commandId: 'surge-1',
  actor: { role: 'requester', id: 'control-room' },
  lines: [
    {
      lineId: 'l1',
      capabilityCode: 'CY.FCCU',
      quantity: 4,
      minimumQuantity: 2,
      from: '2026-12-01T08:00:00.000Z',
      to: '2026-12-08T08:00:00.000Z',
      reportTo: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
      accreditations: [],
    },
  ],
  terms: {
    urgency: 'IMMEDIATE',
    threatCategory: 'CYBER',
    legalBasis: 'PA96-S24',
    costCategory: 'EMERGENCY_SPONTANEOUS',
    specialDemandReason: 'Ransomware in three hospitals',
    contactDesk: 'Kent control room',
  },
  recipients: { kind: 'nearest', count: 10 },
  answerBy: '2026-11-30T20:00:00.000Z',
};

type Change = { path: readonly (string | number)[]; value: unknown };

/** One fault, the path under which it must be named, and words of the reason. */
export type RequestCase = { name: string; change: Change; at: string; says: string };

const fault = (
  name: string,
  path: Change['path'],
  value: unknown,
  at: string,
  says: string,
): RequestCase => ({
  name,
  change: { path, value },
  at,
  says,
});

const LINE = ['lines', 0] as const;

export const REQUEST_CASES: readonly RequestCase[] = [
  fault('no lines', ['lines'], [], 'lines', 'at least 1 entry'),
  fault('a line twice', ['lines'], [GOOD_REQUEST.lines[0], GOOD_REQUEST.lines[0]], 'lines', 'its own lineId'),
  fault('more lines than may be', ['lines'], Array(51).fill(GOOD_REQUEST.lines[0]), 'lines', '50'),
  fault('a wildcard for a line', [...LINE, 'lineId'], '*', 'lines[0].lineId', 'a-z'),
  fault(
    'an unknown code',
    [...LINE, 'capabilityCode'],
    'CY.NONE',
    'lines[0].capabilityCode',
    'capability code',
  ),
  fault('a covert code', [...LINE, 'capabilityCode'], 'SU.UC', 'lines[0].capabilityCode', 'may be shared'),
  fault('a negative quantity', [...LINE, 'quantity'], -1, 'lines[0].quantity', '1'),
  fault('a fractional quantity', [...LINE, 'quantity'], 1.5, 'lines[0].quantity', 'whole number'),
  fault('a quantity as text', [...LINE, 'quantity'], '4', 'lines[0].quantity', 'number'),
  fault(
    'a minimum above the quantity',
    [...LINE, 'minimumQuantity'],
    5,
    'lines[0].minimumQuantity',
    'must not exceed',
  ),
  fault(
    'an end before the start',
    [...LINE, 'to'],
    '2026-11-01T08:00:00.000Z',
    'lines[0].to',
    'end after it starts',
  ),
  fault('a time without a zone', [...LINE, 'from'], '2026-12-01 08:00', 'lines[0].from', 'UTC'),
  fault(
    'the 31st of November',
    [...LINE, 'from'],
    '2026-11-31T08:00:00.000Z',
    'lines[0].from',
    'no such date',
  ),
  fault('a place beyond the pole', [...LINE, 'reportTo', 'lat'], 90.5, 'lines[0].reportTo.lat', '90'),
  fault(
    'no reason for special demand',
    ['terms', 'specialDemandReason'],
    '',
    'terms.specialDemandReason',
    '1 character',
  ),
  fault('an unknown legal basis', ['terms', 'legalBasis'], 'MAGNA-CARTA', 'terms.legalBasis', 'PA96-S24'),
  fault(
    'an unknown force',
    ['recipients'],
    { kind: 'forces', forces: ['atlantis'] },
    'recipients.forces[0]',
    'not a force',
  ),
  fault('a dot in the command id', ['commandId'], 'surge.1', 'commandId', 'letters, digits'),
  fault('a classification that is too high', ['classification'], 'SECRET', 'classification', 'OFFICIAL'),
  fault('an actor with a name', ['actor', 'id'], 'Jane Doe', 'actor.id', 'a-z'),
];

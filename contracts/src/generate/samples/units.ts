import type { BookingChange } from '../../booking/v1.ts';
import type { EventType } from '../../registry.ts';
import {
  APPROVAL,
  CAPABILITY_ID,
  CODE,
  CONFIRM_BY,
  DONOR,
  FROM,
  HOST,
  LINE_ID,
  OFFER_ID,
  ofBooking,
  ofCapability,
  ofRequest,
  PLACE,
  REQUEST_ID,
  TO,
  TOKEN,
} from './common.ts';
import type { SamplesOf } from './samples.ts';

const reserved: BookingChange = {
  ...{ kind: 'reserved', ...ofBooking, ...ofRequest, lineId: LINE_ID, quantity: 2, from: FROM, to: TO },
  confirmBy: CONFIRM_BY,
  reliedOn: {
    ...{ revision: 3, quantity: 4, windowFrom: '2026-11-20T00:00:00.000Z' },
    ...{ windowTo: '2026-12-20T00:00:00.000Z', expiresAt: '2026-11-23T00:00:00.000Z' },
  },
};

const RETURNED_AT = '2026-11-26T18:40:00.000Z';

/** One change of every kind, each of another booking. */
const changes: BookingChange[] = [
  reserved,
  { kind: 'confirmed', bookingId: 'off-1', token: 1, homeVersion: 5 },
  { kind: 'refused', bookingId: 'off-2', token: 2, homeVersion: 6, reasonCode: 'no-capacity' },
  { kind: 'lapsing', bookingId: 'off-3', token: 2, reasonCode: 'request-cancelled' },
  { kind: 'void', bookingId: 'off-4', token: 3, homeVersion: 7 },
  { kind: 'released', bookingId: 'off-5', token: 3, reasonCode: 'task-complete' },
  { kind: 'returned', bookingId: 'off-6', token: 3, at: RETURNED_AT },
];

const ofDeployment = { donor: DONOR, deploymentId: OFFER_ID, host: HOST };

export const unitSamples = {
  'muster.capability.advertised.v1': [
    {
      data: {
        force: DONOR,
        capabilityId: CAPABILITY_ID,
        revision: 3,
        code: CODE,
        kind: 'pool',
        quantity: 4,
        quantityUnit: 'investigator',
        base: PLACE,
        noticeMinutes: 120,
        windows: [{ from: '2026-11-20T00:00:00.000Z', to: '2026-12-20T00:00:00.000Z' }],
        releasableTo: { kind: 'forces', forces: [HOST, 'surrey'] },
        accreditations: [
          { scheme: 'CYBER-FIRST-RESPONDER', validTo: '2027-03-31T23:59:59.999Z' },
          { scheme: 'DF-BASIC' },
        ],
        reserveFloor: 1,
        minRestMinutes: 660,
        status: 'available',
        backlog: 12,
        remarks: 'Two with Welsh',
        expiresAt: '2026-11-23T00:00:00.000Z',
      },
    },
  ],
  'muster.capability.withdrawn.v1': [
    { data: { force: DONOR, capabilityId: CAPABILITY_ID, revision: 4, reasonCode: 'gone-from-roster' } },
  ],
  'muster.booking.opened.v1': [{ data: { ...ofCapability, bookingVersion: 0 } }],
  'muster.booking.changed.v1': [{ data: { ...ofCapability, bookingVersion: TOKEN, changes } }],
  'muster.booking.shortfall.v1': [
    {
      data: {
        ...{ ...ofCapability, bookingVersion: 5, advertRevision: 4, advertised: 1, booked: 2 },
        ...{ from: FROM, to: TO },
      },
    },
  ],
  'muster.deployment.opened.v1': [
    {
      data: {
        ...{ ...ofDeployment, requestId: REQUEST_ID, lineId: LINE_ID, bookingId: OFFER_ID },
        ...{ capabilityId: CAPABILITY_ID, quantity: 2, from: FROM, to: TO, token: TOKEN },
      },
    },
  ],
  'muster.deployment.status.v1': [
    {
      data: {
        ...{ ...ofDeployment, status: 'EN_ROUTE', at: '2026-11-23T06:20:00.000Z' },
        ...{ eta: '2026-11-23T07:15:00.000Z', headcount: 2, position: { lat: 51.36, lon: 0.48 } },
      },
    },
  ],
  'muster.resource.released.v1': [
    {
      data: {
        ...{ ...ofDeployment, releasedAt: '2026-11-26T16:00:00.000Z', reasonCode: 'task-complete' },
        to: 'origin',
      },
    },
  ],
  'muster.deployment.returned.v1': [
    {
      data: {
        ...{ ...ofDeployment, at: RETURNED_AT, headcount: 2, injuries: 0, welfareReferral: false },
        remarks: 'Kit to be cleaned',
      },
    },
  ],
  'muster.home.opened.v1': [{ data: { ...ofCapability, homeVersion: 0 } }],
  'muster.home.recorded.v1': [
    {
      data: {
        ...ofCapability,
        homeVersion: 9,
        entries: [
          { kind: 'seen', bookingVersion: TOKEN, changes },
          {
            ...{ kind: 'confirmed', ...ofBooking, ...ofRequest, quantity: 2, from: FROM, to: TO },
            ...{ gross: 4, approval: APPROVAL },
          },
          { kind: 'refused', bookingId: 'off-2', token: 2, ...ofRequest, reasonCode: 'welfare-rest' },
          { kind: 'void', bookingId: 'off-3', token: 2, ...ofRequest },
          { kind: 'used', useId: 'use-1', quantity: 1, from: FROM, to: TO, gross: 4, reason: 'Own case' },
          { kind: 'use-returned', useId: 'use-1', at: RETURNED_AT },
        ],
      },
    },
  ],
} satisfies Partial<SamplesOf<EventType>>;

import { type Envelope, envelopeHeaders, eventId, type MusterEvent } from '@muster/contracts';

/** Reservations of the size that real ones have, for measuring. */
export const bookingChanged = (capabilityId: string, bookingVersion: number): MusterEvent => ({
  type: 'muster.booking.changed.v1',
  data: {
    donor: 'kent',
    capabilityId,
    bookingVersion,
    changes: [
      {
        kind: 'reserved',
        bookingId: `bench-${capabilityId}-${bookingVersion}`,
        token: bookingVersion,
        host: 'surrey',
        requestId: 'bench-request-0001',
        lineId: 'line-1',
        quantity: 2,
        from: '2026-12-01T08:00:00.000Z',
        to: '2026-12-03T08:00:00.000Z',
        confirmBy: '2026-11-30T08:00:00.000Z',
        reliedOn: {
          revision: 3,
          quantity: 12,
          windowFrom: '2026-01-01T00:00:00.000Z',
          windowTo: '2027-12-31T23:59:00.000Z',
          expiresAt: '2026-12-10T08:00:00.000Z',
        },
      },
    ],
  },
});

/** The headers that such an event carries, as the baseline writes them. */
export const baselineHeaders = (commandId: string, n: number): [string, string][] => {
  const envelope: Envelope = {
    id: eventId({ org: 'hub', commandId, n }),
    source: '/muster/hub/bench',
    type: 'muster.booking.changed.v1',
    time: '2026-11-22T21:00:00.000Z',
    correlationId: 'bench-request-0001',
    causationId: undefined,
    commandId,
    actor: 'hub/broker/bench',
    classification: 'OFFICIAL',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
  return envelopeHeaders(envelope);
};

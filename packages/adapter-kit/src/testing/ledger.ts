import {
  type Aggregate,
  aggregateOf,
  type BookingChange,
  type EventData,
  type MusterEvent,
} from '@muster/contracts';
import { createAppender, type Mesh } from '@muster/mesh';

/** Writes what the broker would write about kent's capabilities, with the broker's own credentials. */
export type TestLedger = {
  /** The next change of the capability's bookings. */
  book(capabilityId: string, ...changes: BookingChange[]): Promise<void>;
  write(requestId: string, ...events: MusterEvent[]): Promise<string[]>;
};

export const SOON = (): string => new Date(Date.now() + 3_600_000).toISOString();
const FROM = '2030-01-01T08:00:00.000Z';
const TO = '2030-01-02T08:00:00.000Z';

export const reserved = (bookingId: string, quantity: number, confirmBy = SOON()): BookingChange => ({
  kind: 'reserved',
  bookingId,
  token: 1,
  host: 'essex',
  requestId: 'r-1',
  lineId: 'l-1',
  quantity,
  from: FROM,
  to: TO,
  confirmBy,
  reliedOn: { revision: 1, quantity: 4, windowFrom: FROM, windowTo: TO, expiresAt: SOON() },
});

/** Trace of everything that the test's hub writes. */
export const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
export const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

export const NEED = { from: FROM, to: TO };

export const issued = (
  requestId: string,
  quantity: number,
): { type: 'muster.request.notice.v1'; data: EventData<'muster.request.notice.v1'> } => ({
  type: 'muster.request.notice.v1',
  data: {
    host: 'essex',
    requestId,
    force: 'kent',
    notice: {
      kind: 'issued',
      answerBy: SOON(),
      lines: [
        {
          lineId: 'l-1',
          capabilityCode: 'CY.FCCU',
          quantity,
          minimumQuantity: 1,
          from: FROM,
          to: TO,
          reportTo: { name: 'Chelmsford', lat: 51.73, lon: 0.47 },
          accreditations: [],
        },
      ],
      terms: {
        urgency: 'IMMEDIATE',
        threatCategory: 'CYBER',
        legalBasis: 'PA96-S24',
        costCategory: 'EMERGENCY_SPONTANEOUS',
        specialDemandReason: 'Ransomware',
        contactDesk: 'Essex control room',
      },
    },
  },
});

export const createTestLedger = (broker: Mesh): TestLedger => {
  const appender = createAppender(broker);
  const last = new Map<string, number>();
  const versions = new Map<string, number>();
  let commands = 0;

  const store = async (
    requestId: string,
    events: readonly MusterEvent[],
    aggregate: Aggregate,
  ): Promise<string[]> => {
    commands += 1;
    const key = `${aggregate.kind}/${aggregate.id}`;
    const outcome = await appender.append({
      mode: 'actual',
      stream: 'ASSISTANCE',
      writer: {
        org: 'hub',
        commandId: `c-${requestId}-${commands}`,
        source: '/muster/hub/request-broker',
        actor: 'hub/broker/request-broker',
        time: new Date().toISOString(),
        classification: 'OFFICIAL',
        correlationId: requestId,
        traceparent: TRACE,
      },
      events,
      expect: [{ aggregate, lastSeq: last.get(key) ?? 0 }],
    });
    if (outcome.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(outcome)}`);
    last.set(key, outcome.seq);
    return outcome.ids;
  };

  return {
    book: async (capabilityId, ...changes) => {
      const bookingVersion = (versions.get(capabilityId) ?? 0) + 1;
      versions.set(capabilityId, bookingVersion);
      const data = { donor: 'kent', capabilityId, bookingVersion, changes };
      const aggregate = { kind: 'booking', owner: 'kent', id: capabilityId } as const;
      await store('r-1', [{ type: 'muster.booking.changed.v1', data }], aggregate);
    },
    write: (requestId, ...events) => {
      const [first] = events;
      if (!first) throw new Error('there is nothing to write');
      return store(requestId, events, aggregateOf(first));
    },
  };
};

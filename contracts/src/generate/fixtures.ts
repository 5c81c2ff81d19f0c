import { type Envelope, envelopeHeaders } from '../envelope.ts';
import { EVENT_TYPES, type EventType, type MusterEvent, subjectOf } from '../registry.ts';
import { REQUEST_ID } from './samples/common.ts';
import { SAMPLES } from './samples/samples.ts';

/** A stored message as it stands in a stream: never changed once committed. */
export type Fixture = { subject: string; headers: Record<string, string>; body: unknown };

const envelopeOf = (type: EventType): Envelope => ({
  id: 'essex.cmd-20261122-0815.1',
  source: '/muster/hub/request-broker',
  type,
  time: '2026-11-22T21:05:07.042Z',
  correlationId: REQUEST_ID,
  causationId: 'kent.req-20261122-01.3',
  commandId: 'cmd-20261122-0815',
  actor: 'essex/donor-desk/control – nights 100%',
  classification: 'OFFICIAL-SENSITIVE',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
});

const fixturesOf = (type: EventType): [name: string, fixture: Fixture][] =>
  SAMPLES[type].map(({ variant, data }) => [
    variant === undefined ? `${type}.json` : `${type}.${variant}.json`,
    {
      subject: subjectOf('actual', { type, data } as MusterEvent),
      headers: Object.fromEntries(envelopeHeaders(envelopeOf(type))),
      body: data,
    },
  ]);

/** Fixtures of every event type that the table has now, by file name. */
export const fixtures = (): [name: string, fixture: Fixture][] => EVENT_TYPES.flatMap(fixturesOf);

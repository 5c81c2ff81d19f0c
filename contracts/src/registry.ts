import type { z } from 'zod';
import type { Mode } from './codes.ts';
import {
  type Aggregate,
  bookingSubject,
  capabilitySubject,
  eventSubject,
  homeSubject,
  type StreamKind,
} from './subjects.ts';
import { APPROVAL_EVENTS } from './table/approval.ts';
import { BOOKING_EVENTS } from './table/booking.ts';
import { CALL_EVENTS } from './table/call.ts';
import { CAPABILITY_EVENTS } from './table/capability.ts';
import { CLAIM_EVENTS } from './table/claim.ts';
import { CONTROL_EVENTS } from './table/control.ts';
import { DEPLOYMENT_EVENTS } from './table/deployment.ts';
import { HOME_EVENTS } from './table/home.ts';
import { OFFER_EVENTS } from './table/offer.ts';
import { POLICY_EVENTS } from './table/policy.ts';
import { PREPARATION_EVENTS } from './table/preparation.ts';
import { REACH_EVENTS } from './table/reach.ts';
import { REQUEST_EVENTS } from './table/request.ts';
import type { Row } from './table/row.ts';
import { STAY_EVENTS } from './table/stay.ts';

/** The event table: one row per event type and version. All else about events derives from it. */
export const EVENTS = {
  ...CAPABILITY_EVENTS,
  ...REQUEST_EVENTS,
  ...APPROVAL_EVENTS,
  ...REACH_EVENTS,
  ...OFFER_EVENTS,
  ...PREPARATION_EVENTS,
  ...CALL_EVENTS,
  ...BOOKING_EVENTS,
  ...DEPLOYMENT_EVENTS,
  ...CONTROL_EVENTS,
  ...STAY_EVENTS,
  ...CLAIM_EVENTS,
  ...HOME_EVENTS,
  ...POLICY_EVENTS,
};

type Table = typeof EVENTS;

/** `muster.<catalogue name>.v<version>`. */
export type EventType = keyof Table;

/** The body of an event of this type. */
export type EventData<T extends EventType> = z.infer<Table[T]['schema']>;

/** An event: its type and its body. Who, when and why travel in the envelope. */
export type MusterEvent<T extends EventType = EventType> = {
  [K in T]: { type: K; data: EventData<K> };
}[T];

export const EVENT_TYPES = Object.keys(EVENTS).filter((type): type is EventType => type in EVENTS);

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENTS, type);

/** The row of an event type with its data type opened, for code that handles every type alike. */
export const eventRow = (type: EventType): Row<z.ZodType> => EVENTS[type] as unknown as Row<z.ZodType>;

/** The aggregate to which an event belongs. */
export const aggregateOf = (event: MusterEvent): Aggregate => eventRow(event.type).aggregate(event.data);

/** The stream kind that owns events of this type. */
export const streamOf = (type: EventType): StreamKind => EVENTS[type].stream;

/**
 * The subject on which the event is stored.
 * @throws RangeError when a part of the body cannot stand in a subject.
 */
export const subjectOf = (mode: Mode, event: MusterEvent): string => {
  const { aggregate, token, addressee } = eventRow(event.type);
  const of = aggregate(event.data);
  switch (of.kind) {
    case 'capability':
      return capabilitySubject(mode, of.owner, of.id);
    case 'booking':
      return bookingSubject(mode, of.owner, of.id);
    case 'home':
      return homeSubject(mode, of.owner, of.id);
    case 'request':
    case 'deployment':
    case 'offer':
    case 'claim':
    case 'policy':
      if (token === undefined) throw new Error(`${event.type} has no subject token in the event table`);
      return eventSubject(mode, of, token, addressee?.(event.data));
  }
};

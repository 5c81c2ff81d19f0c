import { z } from 'zod';
import { type Classification, classification } from './codes.ts';
import { type EventType, isEventType } from './registry.ts';
import { instant, isInstant } from './time.ts';

/** The CloudEvents version whose NATS binding we follow: attributes as `ce-` headers, values percent-encoded. */
export const CLOUDEVENTS_SPEC_VERSION = '1.0';

/** Media type of every event body. */
export const CONTENT_TYPE = 'application/json';

/** Who, when and why of one event; carried as headers beside the JSON body. */
export type Envelope = {
  /** `<org>.<commandId>.<n>`: a function of the command, so that a retry makes the same id. */
  id: string;
  /** URI reference of the writer, such as `/muster/hub/request-broker`. */
  source: string;
  type: EventType;
  /** When the event was decided, by the writer's clock. */
  time: string;
  /** The request that the event belongs to, where there is one. */
  correlationId?: string | undefined;
  /** Id of the event or due message that caused it, where there is one. */
  causationId?: string | undefined;
  /** The command behind it. With the org in `id` it finds the result of a repeated command. */
  commandId: string;
  /** `<org>/<role>/<desk>`. */
  actor: string;
  classification: Classification;
  /** W3C trace context. */
  traceparent?: string | undefined;
};

/** The parts of an event id. */
export type EventId = { org: string; commandId: string; n: number };

export const eventId = ({ org, commandId, n }: EventId): string => `${org}.${commandId}.${n}`;

/** Takes an event id apart, or undefined when it is not `<org>.<commandId>.<n>`. */
export const parseEventId = (id: string): EventId | undefined => {
  const [org, commandId, n, ...rest] = id.split('.');
  if (!org || !commandId || n === undefined || !/^\d{1,4}$/.test(n) || rest.length > 0) return undefined;
  return { org, commandId, n: Number(n) };
};

// What the CloudEvents bindings have encoded: space, quote, percent and all that is not printable ASCII.
const UNSAFE = /[^\x21\x23\x24\x26-\x7e]/u;

/** Percent-encodes what may not stand in a header value; all else stays as it is. */
export const encodeHeader = (value: string): string =>
  UNSAFE.test(value)
    ? value.toWellFormed().replace(/[^\x21\x23\x24\x26-\x7e]+/gu, (part) => encodeURIComponent(part))
    : value;

/** Undoes {@link encodeHeader}; undefined for an escape that is broken or not UTF-8, as the binding has it refused. */
export const decodeHeader = (value: string): string | undefined => {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
};

/** The envelope as header name and encoded value, in a fixed order. */
export const envelopeHeaders = (envelope: Envelope): [string, string][] => {
  const pairs: [string, string][] = [
    ['ce-specversion', CLOUDEVENTS_SPEC_VERSION],
    ['ce-id', envelope.id],
    ['ce-source', envelope.source],
    ['ce-type', envelope.type],
    ['ce-time', envelope.time],
    ['ce-commandid', envelope.commandId],
    ['ce-actor', encodeHeader(envelope.actor)],
    ['ce-classification', envelope.classification],
    ['content-type', CONTENT_TYPE],
  ];
  if (envelope.correlationId !== undefined) pairs.push(['ce-correlationid', envelope.correlationId]);
  if (envelope.causationId !== undefined) pairs.push(['ce-causationid', encodeHeader(envelope.causationId)]);
  if (envelope.traceparent !== undefined) pairs.push(['traceparent', envelope.traceparent]);
  return pairs;
};

/** An envelope, or the header at fault and what is wrong with it. */
export type EnvelopeResult =
  | { ok: true; envelope: Envelope }
  | { ok: false; header: string; because: string };

const BROKEN_ESCAPE = 'holds a percent escape that is broken or not UTF-8';

const bad = (header: string, because: string): EnvelopeResult => ({ ok: false, header, because });

/**
 * Reads an envelope from headers.
 * @param get returns a header's value, or '' or undefined when it is absent.
 */
export const readEnvelope = (get: (header: string) => string | undefined): EnvelopeResult => {
  let broken: string | undefined;
  const read = (header: string): string => {
    const value = decodeHeader(get(header) ?? '');
    if (value === undefined) broken = header;
    return value ?? '';
  };
  const optional = (header: string): string | undefined => read(header) || undefined;
  if (read('ce-specversion') !== CLOUDEVENTS_SPEC_VERSION) {
    return bad('ce-specversion', `is "${read('ce-specversion')}", not ${CLOUDEVENTS_SPEC_VERSION}`);
  }
  const id = read('ce-id');
  const parsed = parseEventId(id);
  if (!parsed) return bad('ce-id', `"${id}" is not <org>.<commandId>.<n>`);
  const type = read('ce-type');
  if (!isEventType(type))
    return bad('ce-type', `"${type}" is not an event type or version that is known here`);
  const time = read('ce-time');
  if (!isInstant(time)) return bad('ce-time', `"${time}" is not UTC with milliseconds`);
  const commandId = read('ce-commandid');
  if (commandId !== parsed.commandId)
    return bad('ce-commandid', `"${commandId}" is not the command in ce-id`);
  const level = classification.safeParse(read('ce-classification'));
  if (!level.success) return bad('ce-classification', 'must be OFFICIAL or OFFICIAL-SENSITIVE');
  const source = read('ce-source');
  if (source === '') return bad('ce-source', broken === 'ce-source' ? BROKEN_ESCAPE : 'is missing');
  const actor = read('ce-actor');
  if (actor === '') return bad('ce-actor', broken === 'ce-actor' ? BROKEN_ESCAPE : 'is missing');
  const envelope: Envelope = {
    id,
    source,
    type,
    time,
    commandId,
    actor,
    classification: level.data,
    correlationId: optional('ce-correlationid'),
    causationId: optional('ce-causationid'),
    traceparent: optional('traceparent'),
  };
  return broken === undefined ? { ok: true, envelope } : bad(broken, BROKEN_ESCAPE);
};

/** The envelope as a schema, for answers that carry whole events. */
export const envelopeSchema = z.object({
  id: z.string(),
  source: z.string(),
  type: z.custom<EventType>((type) => typeof type === 'string' && isEventType(type)),
  time: instant,
  correlationId: z.string().optional(),
  causationId: z.string().optional(),
  commandId: z.string(),
  actor: z.string(),
  classification,
  traceparent: z.string().optional(),
});

import {
  type Aggregate,
  APPEND_MESSAGES_MAX,
  aggregateKey,
  aggregateOf,
  BODY_BYTES_MAX,
  type Envelope,
  envelopeHeaders,
  eventId,
  eventRow,
  guardSubject,
  type Mode,
  type MusterEvent,
  streamOf,
  subjectOf,
} from '@muster/contracts';
import type { AppendRequest, Expectation, Writer } from './types.ts';

/** One message of an append, before the headers of its batch. */
export type Draft = { id: string; subject: string; body: Uint8Array; headers: [string, string][] };

const MSG_ID = 'Nats-Msg-Id';
const EXPECTED_SEQ = 'Nats-Expected-Last-Subject-Sequence';
const EXPECTED_SEQ_SUBJECT = 'Nats-Expected-Last-Subject-Sequence-Subject';

export const envelopeFor = (writer: Writer, event: MusterEvent, n: number): Envelope => ({
  id: eventId({ org: writer.org, commandId: writer.commandId, n }),
  source: writer.source,
  type: event.type,
  time: writer.time,
  correlationId: writer.correlationId,
  causationId: writer.causationId,
  commandId: writer.commandId,
  actor: writer.actor,
  classification: writer.classification,
  traceparent: writer.traceparent,
});

/**
 * The body as it is stored: writers are strict, so fields that the schema does not know are left out.
 * @throws when the data does not fit its schema or is over the limit, since no reader could take it.
 */
export const bodyOf = (event: MusterEvent): Uint8Array => {
  const parsed = eventRow(event.type).schema.safeParse(event.data);
  if (!parsed.success) throw new Error(`${event.type} does not fit its schema`, { cause: parsed.error });
  const body = Buffer.from(JSON.stringify(parsed.data));
  if (body.length > BODY_BYTES_MAX) {
    throw new RangeError(`${event.type} of ${body.length} bytes is over the limit of ${BODY_BYTES_MAX}`);
  }
  return body;
};

const guard = (draft: Draft, mode: Mode, { aggregate, lastSeq }: Expectation): void => {
  const filter = guardSubject(mode, aggregate);
  draft.headers.push([EXPECTED_SEQ, String(lastSeq)]);
  if (filter !== draft.subject) draft.headers.push([EXPECTED_SEQ_SUBJECT, filter]);
};

const byAggregate = (expect: readonly Expectation[]): Map<string, Expectation> => {
  const open = new Map<string, Expectation>();
  for (const expectation of expect) {
    const key = aggregateKey(expectation.aggregate);
    if (open.has(key)) throw new Error(`${key} is expected twice in one append`);
    open.set(key, expectation);
  }
  return open;
};

const check = ({ events, stream }: AppendRequest): void => {
  if (events.length === 0) throw new Error('an append needs at least one event');
  if (events.length > APPEND_MESSAGES_MAX) {
    throw new RangeError(`an append of ${events.length} events is over the limit of ${APPEND_MESSAGES_MAX}`);
  }
  for (const { type } of events) {
    if (streamOf(type) !== stream) throw new Error(`${type} belongs in ${streamOf(type)}, not in ${stream}`);
  }
};

/**
 * The messages of one append. The first message of each aggregate carries its guard; an aggregate that is
 * expected but not written is guarded on a message that has no guard of its own.
 * @throws when an aggregate is written without an expectation, or there are more guards than messages.
 */
export const draftMessages = (request: AppendRequest): Draft[] => {
  check(request);
  const { mode, stream, writer, events } = request;
  const open = byAggregate(request.expect);
  const guarded = new Set<string>();
  const free: Draft[] = [];
  const drafts = events.map((event, index) => {
    const envelope = envelopeFor(writer, event, index + 1);
    const headers = envelopeHeaders(envelope);
    // Ids are remembered for the whole stream, and HOME has many writers: one could use up another's.
    // There the guard alone tells a repeated write.
    if (stream === 'ASSISTANCE') headers.push([MSG_ID, envelope.id]);
    const draft: Draft = { id: envelope.id, subject: subjectOf(mode, event), body: bodyOf(event), headers };
    const aggregate: Aggregate = aggregateOf(event);
    const key = aggregateKey(aggregate);
    const expectation = open.get(key);
    if (expectation) {
      guard(draft, mode, expectation);
      guarded.add(key);
      open.delete(key);
    } else if (guarded.has(key)) {
      free.push(draft);
    } else {
      throw new Error(`${event.type} writes ${key} without saying what it expects there`);
    }
    return draft;
  });
  for (const [key, expectation] of open) {
    const carrier = free.pop();
    if (!carrier)
      throw new Error(`no message is left to carry the guard of ${key}: one message carries one guard`);
    guard(carrier, mode, expectation);
  }
  return drafts;
};

/**
 * The same messages without their guards: for the control run of a race test, which must find double bookings.
 * @throws in actual mode.
 */
export const withoutGuards = (drafts: readonly Draft[], mode: Mode): Draft[] => {
  if (mode !== 'exercise') throw new Error('guards may be left out in exercise mode only');
  return drafts.map((draft) => ({
    ...draft,
    headers: draft.headers.filter(([name]) => name !== EXPECTED_SEQ && name !== EXPECTED_SEQ_SUBJECT),
  }));
};

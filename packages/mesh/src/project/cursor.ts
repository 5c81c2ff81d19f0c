import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { type MessageContext, messageContext } from '../context.ts';
import { decodeEvent, type StoredEvent } from '../decode.ts';
import { headerReader } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import type { StreamFacts } from './stream.ts';
import type { ProjectOptions } from './types.ts';
import { createWaiters, type Waiters } from './waiters.ts';

/** Where a projection stands. Only the functions of this folder change it. */
export type Cursor = {
  options: ProjectOptions;
  log: Link['log'];
  waiters: Waiters;
  stopping: AbortController;
  caughtUp: PromiseWithResolvers<void>;
  /** Every message up to this stream sequence is applied. */
  position: number;
  /** The last message that was applied, to know it again; none after a start. */
  last: { seq: number; subject: string; storedAt: number } | undefined;
  /** Messages that the consumer still had to deliver when it sent the last one. */
  unread: number;
  /** The stream when it was last looked at. */
  facts: StreamFacts | undefined;
  /** Where the stream ended when reading began. */
  caughtUpAt: number | undefined;
  /** The messages that are being read, between the start and the end of a session. */
  messages: ConsumerMessages | undefined;
};

const NANOS_PER_MS = 1_000_000;

export const createCursor = (options: ProjectOptions, log: Link['log']): Cursor => ({
  options,
  log,
  waiters: createWaiters(),
  stopping: new AbortController(),
  caughtUp: Promise.withResolvers<void>(),
  position: (options.fromSeq ?? 1) - 1,
  last: undefined,
  unread: 0,
  facts: undefined,
  caughtUpAt: undefined,
  messages: undefined,
});

/** True when sequences may be missing by right, so that not every one is waited for. */
export const isSparse = ({ options }: Cursor): boolean => !options.dense || options.filter !== undefined;

/** Moves the position to `seq`, if that is further on, and tells those who wait. */
export const advance = (cursor: Cursor, seq: number): void => {
  if (seq > cursor.position) {
    cursor.position = seq;
    cursor.waiters.reached(seq);
  }
  if (cursor.caughtUpAt !== undefined && cursor.position >= cursor.caughtUpAt) cursor.caughtUp.resolve();
};

/** Back to the start of a stream that was made anew. */
export const rewind = (cursor: Cursor): void => {
  cursor.position = 0;
  cursor.last = undefined;
  cursor.unread = 0;
  cursor.waiters.giveUp();
  cursor.options.reset();
};

const contextOf = (log: Link['log'], { seq, envelope }: StoredEvent): MessageContext =>
  messageContext(log, () => envelope.traceparent, {
    seq,
    type: envelope.type,
    eventId: envelope.id,
    correlationId: envelope.correlationId,
  });

/** Hands an event over; if it cannot be applied, the line about it names it. */
const apply = ({ options, log }: Cursor, stored: StoredEvent): void => {
  const context = contextOf(log, stored);
  try {
    options.apply(stored, context);
  } catch (error) {
    context.log.error({ err: error }, 'could not be applied');
    throw error;
  }
};

const skip = ({ options, log }: Cursor, { seq, subject, headers }: JsMsg, because: string): void =>
  options.skip(
    { seq, subject, because },
    messageContext(log, () => headerReader(headers)('traceparent'), { seq, subject }),
  );

/**
 * Applies one message, unless it was applied before.
 * @returns false when sequences before it are missing: nothing may be applied until they have come.
 */
export const take = (cursor: Cursor, msg: JsMsg): boolean => {
  const { options } = cursor;
  const { streamSequence: seq, pending, timestampNanos } = msg.info;
  if (seq <= cursor.position) return true;
  const expected = cursor.position + 1;
  if (!isSparse(cursor) && seq !== expected) {
    options.alarm({ kind: 'gap', stream: options.stream, expected, got: seq });
    return false;
  }
  const { subject, headers, data } = msg;
  const storedAt = timestampNanos / NANOS_PER_MS;
  const decoded = decodeEvent({ seq, subject, headers, data, storedAt });
  if (decoded.ok) apply(cursor, decoded.stored);
  else skip(cursor, msg, decoded.because);
  cursor.last = { seq, subject, storedAt };
  cursor.unread = pending;
  advance(cursor, seq);
  return true;
};

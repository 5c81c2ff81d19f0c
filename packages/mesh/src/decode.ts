import { isUtf8 } from 'node:buffer';
import {
  BODY_BYTES_MAX,
  type Envelope,
  type EventType,
  eventRow,
  faultsOf,
  type Mode,
  type MusterEvent,
  readEnvelope,
  subjectOf,
} from '@muster/contracts';
import type { MsgHdrs } from '@nats-io/nats-core';
import { headerReader } from './wire/headers.ts';

/** An event as it stands in its stream. */
export type StoredEvent<T extends EventType = EventType> = {
  /** Sequence in its stream. */
  seq: number;
  subject: string;
  envelope: Envelope;
  event: MusterEvent<T>;
  /** When the server stored it, in epoch milliseconds by the server's clock. */
  storedAt: number;
};

/** A stored message before it is read. */
export type RawEvent = {
  seq: number;
  subject: string;
  headers: MsgHdrs | undefined;
  data: Uint8Array;
  storedAt: number;
};

/** An event, or why the message is not one. */
export type Decoded = { ok: true; stored: StoredEvent } | { ok: false; because: string };

const bad = (because: string): Decoded => ({ ok: false, because });

const parseBody = (data: Uint8Array): { ok: true; body: unknown } | { ok: false; because: string } => {
  if (data.length > BODY_BYTES_MAX) {
    return { ok: false, because: `body of ${data.length} bytes is over the limit of ${BODY_BYTES_MAX}` };
  }
  // Checked apart from the decoding: a strict decoder takes five times as long, and this runs for every event.
  if (!isUtf8(data)) return { ok: false, because: 'body is not UTF-8' };
  try {
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
    return { ok: true, body: JSON.parse(text) };
  } catch (error) {
    return { ok: false, because: `body is not JSON: ${String(error)}` };
  }
};

const modeOf = (subject: string): Mode => (subject.startsWith('exercise.') ? 'exercise' : 'actual');

const subjectFor = (mode: Mode, event: MusterEvent): string | undefined => {
  try {
    return subjectOf(mode, event);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/**
 * Reads a stored message as an event: envelope, body by the event table, and that the subject is the one on
 * which such an event belongs. Unknown fields are left out; an unknown type or version is refused.
 */
export const decodeEvent = (raw: RawEvent): Decoded => {
  const read = readEnvelope(headerReader(raw.headers));
  if (!read.ok) return bad(`header ${read.header} ${read.because}`);
  const { envelope } = read;
  const parsed = parseBody(raw.data);
  if (!parsed.ok) return bad(parsed.because);
  const result = eventRow(envelope.type).schema.safeParse(parsed.body);
  if (!result.success) {
    const faults = faultsOf(result.error).map(({ path, because }) => `${path || 'body'} ${because}`);
    return bad(`${envelope.type} does not fit its schema: ${faults.join('; ')}`);
  }
  const event = { type: envelope.type, data: result.data } as MusterEvent;
  const belongs = subjectFor(modeOf(raw.subject), event);
  if (belongs !== raw.subject) {
    return bad(`subject is ${raw.subject}, but this ${envelope.type} belongs on ${belongs ?? 'none'}`);
  }
  return {
    ok: true,
    stored: { seq: raw.seq, subject: raw.subject, envelope, event, storedAt: raw.storedAt },
  };
};

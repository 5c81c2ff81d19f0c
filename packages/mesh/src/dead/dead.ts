import { DEAD_LETTER_STREAM, encodeHeader, type Mode, parseSubject } from '@muster/contracts';
import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/nats-core';
import { z } from 'zod';
import { headerPairs, headerReader, headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';
import {
  LETTER,
  type Origin,
  originalHeaders,
  REPLAYED,
  readBecause,
  readOrigin,
  replaySubject,
  storeLetter,
} from './letter.ts';

/** Letters that one list may hold; the oldest come first. */
export const DEAD_LETTERS_MAX = 10_000;
/** Milliseconds for which a pull waits for letters that the stream says it has. */
const READ_MS = 5_000;
/** Letters asked for at a time. */
const READ_MESSAGES = 500;
/** Milliseconds for which a replay waits for the handler. */
const REPLAY_MS = 30_000;

/** A dead letter, without its body. */
export type DeadLetter = {
  /** Sequence in the stream of dead letters: its name for a person. */
  seq: number;
  mode: Mode;
  owner: string;
  service: string;
  reason: string;
  because: string;
  /** None for what did not come from a stream, such as a row of a roster. */
  origin: Origin | undefined;
  /** When it was stored, as an instant. */
  storedAt: string;
  /** When it was last replayed with success, as an instant. */
  replayedAt: string | undefined;
};

/** A dead letter with what it holds. */
export type DeadLetterDetail = DeadLetter & { headers: [string, string][]; body: Uint8Array };

export type DeadFilter = {
  mode?: Mode;
  owner?: string;
  service?: string;
  reason?: string;
  includeReplayed?: boolean;
};

export type Replayed =
  | { kind: 'replayed'; seq: number }
  /** The handler still cannot deal with it. */
  | { kind: 'still-dead'; because: string }
  /** Nothing listens for it. */
  | { kind: 'no-worker'; because: string }
  /** It did not come from a stream: mend what it came from. */
  | { kind: 'not-replayable'; because: string }
  | { kind: 'not-found'; because: string }
  | { kind: 'unknown'; because: string };

type Raw = { seq: number; subject: string; headers: MsgHdrs | undefined; storedAt: string };

const letterOf = (
  { seq, subject, headers, storedAt }: Raw,
  replayedAt: string | undefined,
): DeadLetter | undefined => {
  const parsed = parseSubject(subject);
  if (parsed?.kind !== 'dead' || parsed.reason === REPLAYED) return undefined;
  const { mode, owner, service, reason } = parsed;
  const header = headerReader(headers);
  const because = readBecause(header);
  return { seq, mode, owner, service, reason, because, origin: readOrigin(header), storedAt, replayedAt };
};

const readRaw = async (mesh: Pick<Link, 'js'>, filter: string): Promise<Raw[]> => {
  const consumer = await mesh.js.consumers.get(DEAD_LETTER_STREAM, { filter_subjects: filter });
  let left = Math.min((await consumer.info(true)).num_pending, DEAD_LETTERS_MAX);
  const raw: Raw[] = [];
  while (left > 0) {
    const before = left;
    const some = await consumer.fetch({ max_messages: Math.min(left, READ_MESSAGES), expires: READ_MS });
    for await (const msg of some as AsyncIterable<JsMsg>) {
      raw.push({ seq: msg.seq, subject: msg.subject, headers: msg.headers, storedAt: msg.timestamp });
      left -= 1;
    }
    if (left === before) break;
  }
  await consumer.delete();
  return raw;
};

/** Lists dead letters, oldest first; those replayed with success only if asked for. */
export const listDead = async (mesh: Pick<Link, 'js'>, filter: DeadFilter = {}): Promise<DeadLetter[]> => {
  const { mode = '*', owner = '*', service = '*', reason } = filter;
  const raw = await readRaw(mesh, `dead.${mode}.${owner}.${service}.*`);
  const replayed = new Map<number, string>();
  for (const { headers, storedAt } of raw) {
    const of = Number(headerReader(headers)(LETTER.replayOf));
    if (of > 0) replayed.set(of, storedAt);
  }
  return raw
    .map((one) => letterOf(one, replayed.get(one.seq)))
    .filter((letter) => letter !== undefined)
    .filter((letter) => reason === undefined || letter.reason === reason)
    .filter((letter) => filter.includeReplayed === true || letter.replayedAt === undefined);
};

const readStored = async (mesh: Pick<Link, 'jsm'>, seq: number): Promise<StoredMsg | null> =>
  mesh.jsm.streams.getMessage(DEAD_LETTER_STREAM, { seq });

/** One dead letter with its headers and body, or undefined when there is none of that sequence. */
export const showDead = async (
  mesh: Pick<Link, 'js' | 'jsm'>,
  seq: number,
): Promise<DeadLetterDetail | undefined> => {
  const stored = await readStored(mesh, seq);
  if (!stored) return undefined;
  const { subject, header: headers, data: body } = stored;
  const storedAt = stored.time.toISOString();
  const letter = letterOf({ seq, subject, headers, storedAt }, undefined);
  if (!letter) return undefined;
  const { mode, owner, service } = letter;
  const same = await listDead(mesh, { mode, owner, service, includeReplayed: true });
  const replayedAt = same.find((other) => other.seq === seq)?.replayedAt;
  return { ...letter, replayedAt, headers: headerPairs(originalHeaders(headers)), body };
};

const verdict = z.object({ do: z.enum(['ack', 'retry', 'dead']), because: z.string().optional() });

/**
 * Hands a dead letter to the worker of its durable once more. The letter stays; success is noted by a further
 * message.
 * @param options.by who asked for it, as `<org>/<role>/<desk>`.
 */
export const replayDead = async (
  mesh: Pick<Link, 'nc' | 'jsm'>,
  seq: number,
  options: { by: string },
): Promise<Replayed> => {
  const stored = await readStored(mesh, seq);
  const letter =
    stored &&
    letterOf({ seq, subject: stored.subject, headers: stored.header, storedAt: stored.timestamp }, undefined);
  if (!stored || !letter) return { kind: 'not-found', because: `there is no dead letter ${seq}` };
  const { mode, owner, service, origin } = letter;
  if (!origin) {
    return {
      kind: 'not-replayable',
      because: `it did not come from a stream; mend what it came from: ${letter.because}`,
    };
  }
  const subject = replaySubject(mode, owner, service, origin.durable);
  const order = headersOf(headerPairs(stored.header));
  const reply = await muxOf(mesh.nc).request(subject, stored.data, order, REPLAY_MS);
  if (reply === 'no-responders' || reply === 'denied' || reply === 'not-sent') {
    return { kind: 'no-worker', because: `no ${service} of ${owner} listens on ${subject} (${reply})` };
  }
  if (typeof reply === 'string') return { kind: 'unknown', because: `no verdict came: ${reply}` };
  const read = verdict.parse(reply.json());
  if (read.do !== 'ack') return { kind: 'still-dead', because: read.because ?? 'no reason given' };
  const noted = await storeLetter(
    mesh,
    `dead.${mode}.${owner}.${service}.${REPLAYED}`,
    [
      [LETTER.replayOf, String(seq)],
      [LETTER.replayedBy, encodeHeader(options.by)],
    ],
    new Uint8Array(),
  );
  return noted.kind === 'stored'
    ? { kind: 'replayed', seq: noted.seq }
    : { kind: 'unknown', because: `it was replayed, but that could not be noted: ${noted.because}` };
};

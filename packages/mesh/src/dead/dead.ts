import { DEAD_LETTER_STREAM, encodeHeader, parseSubject } from '@muster/contracts';
import { JetStreamApiError, type JsMsg, type StoredMsg } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/nats-core';
import { z } from 'zod';
import { headerPairs, headerReader, headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';
import { ADVISORIES, readAdvisory } from './advisory.ts';
import {
  LETTER,
  letterHeaders,
  type Origin,
  originalHeaders,
  REPLAYED,
  readBecause,
  readOrigin,
  replaySubject,
  storeLetter,
} from './letter.ts';
import type { DeadFilter, DeadLetter, DeadLetterDetail, Replayed } from './types.ts';

/** Letters that one list may hold; the oldest come first. */
export const DEAD_LETTERS_MAX = 10_000;
/** Milliseconds for which a pull waits for letters that the stream says it has. */
const READ_MS = 5_000;
/** Letters asked for at a time. */
const READ_MESSAGES = 500;
/** Milliseconds for which a replay waits for the handler. */
const REPLAY_MS = 30_000;

/** A stored message of the stream of dead letters. */
type Raw = {
  seq: number;
  subject: string;
  headers: MsgHdrs | undefined;
  data: Uint8Array;
  storedAt: string;
};

/** The letter itself, or the server's word on a message for which there is none. */
const letterOf = (raw: Raw): DeadLetter | undefined => {
  const { seq, subject, headers, storedAt } = raw;
  const parsed = parseSubject(subject);
  if (parsed?.kind !== 'dead') return readAdvisory(raw);
  if (parsed.reason === REPLAYED) return undefined;
  const { mode, owner, service, reason } = parsed;
  const header = headerReader(headers);
  const because = readBecause(header);
  const origin = readOrigin(header);
  return { seq, mode, owner, service, reason, because, origin, storedAt, replayedAt: undefined };
};

/** Reads what stands there under a filter now; the bodies are not kept. */
const readAll = async (mesh: Pick<Link, 'js'>, filter: string, take: (raw: Raw) => void): Promise<void> => {
  const consumer = await mesh.js.consumers.get(DEAD_LETTER_STREAM, { filter_subjects: filter });
  let left = Math.min((await consumer.info(true)).num_pending, DEAD_LETTERS_MAX);
  while (left > 0) {
    const before = left;
    const some = await consumer.fetch({ max_messages: Math.min(left, READ_MESSAGES), expires: READ_MS });
    for await (const { seq, subject, headers, data, timestamp } of some as AsyncIterable<JsMsg>) {
      take({ seq, subject, headers, data, storedAt: timestamp });
      left -= 1;
    }
    if (left === before) break;
  }
  await consumer.delete();
};

const originKey = ({ stream, durable, seq }: Origin): string => `${stream} ${durable} ${seq}`;

/** The message behind a letter that is only the server's word; undefined when its stream no longer has it. */
const readOriginal = async (
  mesh: Pick<Link, 'jsm'>,
  { stream, seq }: Origin,
): Promise<StoredMsg | undefined> => {
  try {
    return (await mesh.jsm.streams.getMessage(stream, { seq })) ?? undefined;
  } catch (error) {
    if (error instanceof JetStreamApiError) return undefined;
    throw error;
  }
};

const isAdvisory = ({ origin }: DeadLetter): boolean => origin?.subject === '';

const withSubject = async (mesh: Pick<Link, 'jsm'>, letter: DeadLetter): Promise<DeadLetter> => {
  const { origin } = letter;
  if (!origin || !isAdvisory(letter)) return letter;
  const subject = (await readOriginal(mesh, origin))?.subject ?? '';
  return { ...letter, origin: { ...origin, subject } };
};

/**
 * Lists dead letters, oldest first; those replayed with success only if asked for. What the server gave up
 * counts as a letter where no service kept one of it.
 */
export const listDead = async (
  mesh: Pick<Link, 'js' | 'jsm'>,
  filter: DeadFilter = {},
): Promise<DeadLetter[]> => {
  const { mode = '*', owner = '*', service = '*', reason } = filter;
  const letters: DeadLetter[] = [];
  const replayed = new Map<number, string>();
  const take = (raw: Raw): void => {
    const letter = letterOf(raw);
    if (letter) letters.push(letter);
    const of = Number(headerReader(raw.headers)(LETTER.replayOf));
    if (of > 0) replayed.set(of, raw.storedAt);
  };
  // First, since a service keeps its letter before the server says anything of the message.
  await readAll(mesh, ADVISORIES, take);
  const givenUp = letters.splice(0);
  await readAll(mesh, `dead.${mode}.${owner}.${service}.*`, take);
  const kept = new Set(letters.flatMap(({ origin }) => (origin ? [originKey(origin)] : [])));
  const fits = (value: string, wanted: string | undefined): boolean =>
    wanted === undefined || wanted === '*' || value === wanted;
  const unkept = givenUp.filter(
    (each) =>
      fits(each.mode, mode) &&
      fits(each.owner, owner) &&
      fits(each.service, service) &&
      each.origin &&
      !kept.has(originKey(each.origin)),
  );
  const listed = [...letters, ...unkept]
    .map((letter) => ({ ...letter, replayedAt: replayed.get(letter.seq) }))
    .filter((letter) => fits(letter.reason, reason))
    .filter((letter) => filter.includeReplayed === true || letter.replayedAt === undefined)
    .toSorted((a, b) => a.seq - b.seq);
  return Promise.all(listed.map((letter) => withSubject(mesh, letter)));
};

/** A letter with the message that it is about; `message` is undefined when its stream no longer has it. */
type Found = { letter: DeadLetter; message: { headers: MsgHdrs; data: Uint8Array } | undefined };

const findLetter = async (mesh: Pick<Link, 'jsm'>, seq: number): Promise<Found | undefined> => {
  const stored = await mesh.jsm.streams.getMessage(DEAD_LETTER_STREAM, { seq });
  if (!stored) return undefined;
  const { subject, header: headers, data } = stored;
  const letter = letterOf({ seq, subject, headers, data, storedAt: stored.time.toISOString() });
  if (!letter) return undefined;
  const { origin } = letter;
  if (!origin || !isAdvisory(letter)) return { letter, message: { headers: originalHeaders(headers), data } };
  const original = await readOriginal(mesh, origin);
  return {
    letter: { ...letter, origin: { ...origin, subject: original?.subject ?? '' } },
    message: original && { headers: original.header, data: original.data },
  };
};

/** One dead letter with its headers and body, or undefined when there is none of that sequence. */
export const showDead = async (
  mesh: Pick<Link, 'js' | 'jsm'>,
  seq: number,
): Promise<DeadLetterDetail | undefined> => {
  const found = await findLetter(mesh, seq);
  if (!found) return undefined;
  const { letter, message } = found;
  const { mode, owner, service } = letter;
  const same = await listDead(mesh, { mode, owner, service, includeReplayed: true });
  const replayedAt = same.find((other) => other.seq === seq)?.replayedAt;
  return {
    ...letter,
    replayedAt,
    headers: headerPairs(message?.headers),
    body: message?.data ?? new Uint8Array(),
  };
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
  const found = await findLetter(mesh, seq);
  if (!found) return { kind: 'not-found', because: `there is no dead letter ${seq}` };
  const { letter, message } = found;
  const { mode, owner, service, origin } = letter;
  if (!origin || !message) {
    const because = origin
      ? `its message ${origin.seq} is no longer in ${origin.stream}`
      : `it did not come from a stream; mend what it came from: ${letter.because}`;
    return { kind: 'not-replayable', because };
  }
  if (service === origin.durable) {
    const because = `${origin.durable} is no durable of a service of ours; whoever reads by it has to read it again`;
    return { kind: 'not-replayable', because };
  }
  const subject = replaySubject(mode, owner, service, origin.durable);
  const order = headersOf(letterHeaders({ ...letter, body: message.data, headers: message.headers }));
  const reply = await muxOf(mesh.nc).request(subject, message.data, order, REPLAY_MS);
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

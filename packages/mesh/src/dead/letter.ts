import {
  assertToken,
  DEAD_LETTER_STREAM,
  deadSubject,
  decodeHeader,
  encodeHeader,
  type Mode,
} from '@muster/contracts';
import type { MsgHdrs } from '@nats-io/nats-core';
import { z } from 'zod';
import { headerPairs, headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';

/** Reason under which the stream notes that a letter was replayed; never that of a letter. */
export const REPLAYED = 'replayed';

/** Prefix of the headers that the dead message itself had. */
export const ORIGINAL = 'muster-original-';

/** Headers that a dead letter adds. */
export const LETTER = {
  because: 'muster-because',
  stream: 'muster-origin-stream',
  durable: 'muster-origin-durable',
  seq: 'muster-origin-seq',
  subject: 'muster-origin-subject',
  deliveries: 'muster-deliveries',
  replayOf: 'muster-replay-of',
  replayedBy: 'muster-replayed-by',
} as const;

/** Longest explanation that a dead letter carries, in characters. */
const BECAUSE_LENGTH_MAX = 1_000;
/** The server's code for a message over the stream's limit. */
const MESSAGE_TOO_LARGE = 10054;
/** Milliseconds to wait until the letter is stored. */
const STORED_MS = 5_000;

/** Where a dead message came from. The server's word on one that it gave up names no subject: then it is ''. */
export type Origin = { stream: string; durable: string; seq: number; subject: string; deliveries: number };

/** A message, or a row of an outside system, that cannot be dealt with until a person has looked. */
export type Letter = {
  mode: Mode;
  /** Organisation that owns it, or `hub`. */
  owner: string;
  service: string;
  /** A token, such as `bad-row`. */
  reason: string;
  /** For a person: what is wrong, where, and what to do. */
  because: string;
  /** The bytes as they came. */
  body: Uint8Array;
  /** Headers as they came. */
  headers?: MsgHdrs | undefined;
  /** None for what did not come from a stream. */
  origin?: Origin | undefined;
};

export type Buried =
  | { kind: 'stored'; seq: number }
  | { kind: 'failed'; because: string; tooLarge?: boolean };

/** A refusal names stream and sequence too, the sequence as 0. */
const ack = z.union([
  z.object({ stream: z.literal(DEAD_LETTER_STREAM), seq: z.int().min(1) }),
  z.object({ error: z.object({ err_code: z.int().optional(), description: z.string() }) }),
]);

/** The headers of a letter: why, where from, and those of the message itself. */
export const letterHeaders = ({ because, origin, headers }: Letter): [string, string][] => {
  const pairs: [string, string][] = [[LETTER.because, encodeHeader(because.slice(0, BECAUSE_LENGTH_MAX))]];
  if (origin) {
    pairs.push(
      [LETTER.stream, origin.stream],
      [LETTER.durable, origin.durable],
      [LETTER.seq, String(origin.seq)],
      [LETTER.subject, origin.subject],
      [LETTER.deliveries, String(origin.deliveries)],
    );
  }
  for (const [name, value] of headerPairs(headers)) pairs.push([ORIGINAL + name, value]);
  return pairs;
};

/** Publishes into the stream of dead letters and waits until it is stored. */
export const storeLetter = async (
  mesh: Pick<Link, 'nc'>,
  subject: string,
  headers: readonly [string, string][],
  body: Uint8Array,
): Promise<Buried> => {
  const reply = await muxOf(mesh.nc).request(subject, body, headersOf(headers), STORED_MS);
  if (typeof reply === 'string') return { kind: 'failed', because: `no acknowledgement: ${reply}` };
  const read = ack.safeParse(reply.json());
  if (!read.success)
    return { kind: 'failed', because: `odd acknowledgement: ${reply.string().slice(0, 200)}` };
  return 'error' in read.data
    ? {
        kind: 'failed',
        because: read.data.error.description,
        tooLarge: read.data.error.err_code === MESSAGE_TOO_LARGE,
      }
    : { kind: 'stored', seq: read.data.seq };
};

/**
 * Stores a dead letter. It carries no message id, since ids are shared by all who write to the stream: the
 * same letter may stand there twice after a crash.
 * @throws RangeError when owner, service or reason cannot stand in a subject.
 */
export const bury = async (mesh: Pick<Link, 'nc'>, letter: Letter): Promise<Buried> => {
  if (letter.reason === REPLAYED) throw new RangeError(`"${REPLAYED}" is not a reason`);
  const subject = deadSubject(letter.mode, letter.owner, letter.service, letter.reason);
  const buried = await storeLetter(mesh, subject, letterHeaders(letter), letter.body);
  if (buried.kind === 'stored' || !buried.tooLarge) return buried;
  // A sender could make headers so large that no letter could hold them, and so stop the work for good.
  const because = `(its headers are left out: too large) ${letter.because}`;
  return storeLetter(mesh, subject, letterHeaders({ ...letter, because, headers: undefined }), letter.body);
};

/** The headers of the dead message, without those of its letter. */
export const originalHeaders = (headers: MsgHdrs | undefined): MsgHdrs =>
  headersOf(
    headerPairs(headers)
      .filter(([name]) => name.startsWith(ORIGINAL))
      .map(([name, value]) => [name.slice(ORIGINAL.length), value] as const),
  );

/** What a letter says of where it came from, if it came from a stream. */
export const readOrigin = (header: (name: string) => string | undefined): Origin | undefined => {
  const stream = header(LETTER.stream);
  const durable = header(LETTER.durable);
  const subject = header(LETTER.subject);
  const seq = Number(header(LETTER.seq));
  if (!stream || !durable || !subject || !Number.isInteger(seq)) return undefined;
  return { stream, durable, subject, seq, deliveries: Number(header(LETTER.deliveries)) };
};

export const readBecause = (header: (name: string) => string | undefined): string =>
  decodeHeader(header(LETTER.because) ?? '') ?? '';

/** Subject on which the worker of a durable takes letters back. */
export const replaySubject = (mode: Mode, owner: string, service: string, durable: string): string => {
  if (!/^[A-Za-z0-9_-]+$/.test(durable)) throw new RangeError(`"${durable}" is not the name of a durable`);
  return `replay.${mode}.${assertToken(owner)}.${assertToken(service)}.${durable}`;
};

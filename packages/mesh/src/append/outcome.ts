import { z } from 'zod';
import type { Reply } from '../wire/mux.ts';
import type { AppendOutcome } from './types.ts';

/** The server's own codes, from its `errors.json`. */
const CODE = {
  wrongLastSequence: 10071,
  /** On a cluster: another proposal for the same guard is in flight. */
  wrongLastSequenceInFlight: 10164,
  batchIncomplete: 10176,
  batchDuplicateId: 10201,
  batchTooManyOpen: 10210,
  temporarilyUnavailable: 10008,
} as const;

/** Nothing was stored and nothing is wrong with the message: trying again may help. */
const PASSING: readonly number[] = [CODE.batchIncomplete, CODE.batchTooManyOpen, CODE.temporarilyUnavailable];

/** Code of a refusal that the connection itself gives, as HTTP has it. */
const FORBIDDEN = 403;

const ack = z.object({
  stream: z.string().optional(),
  seq: z.number().optional(),
  duplicate: z.boolean().optional(),
  batch: z.string().optional(),
  count: z.number().optional(),
  error: z
    .object({ code: z.number(), err_code: z.number().optional(), description: z.string().optional() })
    .optional(),
});
type Ack = z.infer<typeof ack>;

/** What was sent, so that the acknowledgement can be held against it. */
export type Sent = { ids: string[]; stream: string; batch?: { id: string; count: number } };

/** An outcome, or that the same append may be sent again. */
export type Verdict = { done: AppendOutcome } | { again: { code: number; because: string } };

const unknown = (because: string): Verdict => ({ done: { kind: 'unknown', because } });

const readAck = (json: string): Ack | undefined => {
  try {
    return ack.safeParse(JSON.parse(json)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const ofError = (code: number, because: string): Verdict => {
  if (code === CODE.batchDuplicateId) return { done: { kind: 'already-stored' } };
  if (code === CODE.wrongLastSequence || code === CODE.wrongLastSequenceInFlight) {
    const last = /wrong last sequence: (\d+)/.exec(because)?.[1];
    return { done: last === undefined ? { kind: 'conflict' } : { kind: 'conflict', lastSeq: Number(last) } };
  }
  if (PASSING.includes(code)) return { again: { code, because } };
  return { done: { kind: 'refused', code, because } };
};

const ofReply = (reply: Exclude<Reply, object>): Verdict => {
  switch (reply) {
    case 'denied':
      return { done: { kind: 'refused', code: FORBIDDEN, because: 'this user may not publish there' } };
    case 'timeout':
      return unknown('no acknowledgement came in time');
    case 'disconnected':
      return unknown('the connection broke before the acknowledgement came');
    case 'not-sent':
      return unknown('not connected');
    case 'no-responders':
      return unknown('no stream takes this subject at the moment');
  }
};

/** Reads the acknowledgement of a publish or of the last message of a batch. */
export const verdictOf = (reply: Reply, sent: Sent): Verdict => {
  if (typeof reply === 'string') return ofReply(reply);
  const json = reply.string();
  const read = readAck(json);
  if (read === undefined) return unknown(`the acknowledgement cannot be read: ${json.slice(0, 200)}`);
  if (read.error) {
    return ofError(read.error.err_code ?? read.error.code, read.error.description ?? 'no description');
  }
  if (read.stream !== sent.stream || read.seq === undefined) {
    throw new Error(
      `acknowledged by stream ${read.stream}, not by ${sent.stream}: check the streams' subjects`,
    );
  }
  if (read.duplicate) return { done: { kind: 'already-stored' } };
  if (sent.batch && (read.batch !== sent.batch.id || read.count !== sent.batch.count)) {
    return unknown(
      `acknowledged as batch ${read.batch} of ${read.count}, not as ${sent.batch.id} of ${sent.batch.count}`,
    );
  }
  return { done: { kind: 'stored', seq: read.seq, ids: sent.ids } };
};

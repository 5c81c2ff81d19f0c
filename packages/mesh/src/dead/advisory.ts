import { MODES, type Mode } from '@muster/contracts';
import { z } from 'zod';
import { workerOf } from '../streams/durables.ts';
import type { DeadLetter } from './types.ts';

/** What the server says of messages that a consumer does not get again, as the stream of dead letters keeps it. */
export const ADVISORIES = '$JS.EVENT.ADVISORY.CONSUMER.*.*.*';

const KINDS = {
  MAX_DELIVERIES: { reason: 'max-deliveries', because: 'it was handed over as often as its consumer allows' },
  MSG_TERMINATED: { reason: 'terminated', because: 'its consumer ended it' },
} as const;

const body = z.object({
  stream: z.string(),
  consumer: z.string(),
  stream_seq: z.int().min(1),
  deliveries: z.int().min(0),
  reason: z.string().optional(),
});

const isKind = (token: string | undefined): token is keyof typeof KINDS =>
  token !== undefined && Object.hasOwn(KINDS, token);

const kindOf = (subject: string): keyof typeof KINDS | undefined => {
  const token = subject.startsWith('$JS.EVENT.ADVISORY.CONSUMER.') ? subject.split('.')[4] : undefined;
  return isKind(token) ? token : undefined;
};

/** The mode of a stream by its name; the streams of dead letters and the like have none. */
const modeOf = (stream: string): Mode | undefined =>
  MODES.find((mode) => stream.endsWith(`_${mode.toUpperCase()}`));

const parse = (data: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * An advisory as a letter without a body: the message itself stands where it came from. Undefined for what is
 * no advisory about a stream of a mode.
 */
export const readAdvisory = (of: {
  seq: number;
  subject: string;
  data: Uint8Array;
  storedAt: string;
}): DeadLetter | undefined => {
  const kind = kindOf(of.subject);
  const read = body.safeParse(parse(of.data));
  if (!kind || !read.success) return undefined;
  const { stream, consumer: durable, stream_seq: seq, deliveries, reason: said } = read.data;
  const mode = modeOf(stream);
  if (!mode) return undefined;
  const { reason, because } = KINDS[kind];
  return {
    seq: of.seq,
    mode,
    ...workerOf(durable),
    reason,
    because: `${because}, and no service kept it: ${said ?? 'no reason was given'}`,
    origin: { stream, durable, seq, subject: '', deliveries },
    storedAt: of.storedAt,
    replayedAt: undefined,
  };
};

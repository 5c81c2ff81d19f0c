import {
  dueSubject,
  type Mode,
  parseSubject,
  streamName,
  type TimerName,
  timerSubject,
} from '@muster/contracts';
import { z } from 'zod';
import { newTraceparent } from '../trace.ts';
import { headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf, type Reply } from '../wire/mux.ts';
import type { WorkMessage } from '../worker/types.ts';

/** Header with the ledger sequence of the event that set the deadline. */
export const LEDGER_SEQ = 'muster-ledger-seq';
/** Header with the deadline itself, as an instant. */
export const DUE_AT = 'muster-due-at';

/** How long a due message is kept, in hours (30 days). */
const DUE_KEPT_HOURS = 720;
/** Tries against others who arm the same timer. */
const TRIES_MAX = 5;
/** Milliseconds to wait for one acknowledgement. */
const ARM_DEADLINE_MS = 5_000;

/** `superseded`: a later event has armed the timer already. `unknown`: it may be armed or not; arm it again. */
export type Armed = 'armed' | 'superseded' | 'unknown';

export type ArmOptions = {
  timer: TimerName;
  /** The deadline, as an instant. One in the past is due at once. */
  at: string;
  /** Sequence in the ledger of the event that sets the deadline. */
  ledgerSeq: number;
  /** Trace of that event; none begins a new trace. */
  traceparent?: string | undefined;
};

/** What a timer's subject holds: nothing when it was never armed or has gone off. */
type Standing = { seq: number; ledgerSeq: number; at: string };

const NOTHING: Standing = { seq: 0, ledgerSeq: 0, at: '' };
const NO_BODY = new Uint8Array();
const CONFLICTS: readonly number[] = [10071, 10164];

/** A refusal carries a sequence too: 0. */
const ack = z.object({
  seq: z.int().min(0).optional(),
  error: z.object({ err_code: z.int().optional(), description: z.string().optional() }).optional(),
});

const readStanding = async (mesh: Pick<Link, 'jsm'>, stream: string, subject: string): Promise<Standing> => {
  const last = await mesh.jsm.streams.getMessage(stream, { last_by_subj: subject });
  if (!last) return NOTHING;
  return { seq: last.seq, ledgerSeq: Number(last.header.get(LEDGER_SEQ)), at: last.header.get(DUE_AT) };
};

const verdictOf = (reply: Reply, log: Link['log']): Armed | 'conflict' => {
  if (typeof reply === 'string') return 'unknown';
  const read = ack.safeParse(reply.json());
  if (read.data?.seq && !read.data.error) return 'armed';
  if (CONFLICTS.includes(read.data?.error?.err_code ?? 0)) return 'conflict';
  log.error({ error: read.data?.error }, 'the server does not take the timer');
  return 'unknown';
};

/**
 * Arms a timer: at its time the server publishes a message on the timer's due subject. Of several armings of
 * one timer that of the latest ledger event stands, in whatever order they come.
 */
export const armTimer = async (
  mesh: Pick<Link, 'nc' | 'jsm' | 'log'>,
  mode: Mode,
  { timer, at, ledgerSeq, traceparent = newTraceparent() }: ArmOptions,
): Promise<Armed> => {
  const stream = streamName('TIMERS', mode);
  const subject = timerSubject(mode, timer);
  const base: [string, string][] = [
    ['Nats-Schedule', `@at ${at}`],
    ['Nats-Schedule-Target', dueSubject(mode, timer)],
    ['Nats-Schedule-TTL', `${DUE_KEPT_HOURS}h`],
    [LEDGER_SEQ, String(ledgerSeq)],
    [DUE_AT, at],
    ['traceparent', traceparent],
  ];
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const standing = await readStanding(mesh, stream, subject).catch((error: unknown) => {
      mesh.log.debug({ err: error, subject }, 'could not read the timer');
      return undefined;
    });
    if (!standing) return 'unknown';
    if (standing.ledgerSeq > ledgerSeq) return 'superseded';
    if (standing.ledgerSeq === ledgerSeq && standing.at === at) return 'armed';
    const headers = headersOf([...base, ['Nats-Expected-Last-Subject-Sequence', String(standing.seq)]]);
    const reply = await muxOf(mesh.nc).request(subject, NO_BODY, headers, ARM_DEADLINE_MS);
    const verdict = verdictOf(reply, mesh.log);
    if (verdict !== 'conflict') return verdict;
  }
  return 'unknown';
};

/** What a due message says, or undefined when it is not one. It is a hint: look at the clock and the ledger. */
export const readDue = (message: WorkMessage): { timer: TimerName; ledgerSeq: number } | undefined => {
  const parsed = parseSubject(message.subject);
  const ledgerSeq = Number(message.header(LEDGER_SEQ));
  if (parsed?.kind !== 'due' || !Number.isInteger(ledgerSeq) || ledgerSeq < 1) return undefined;
  return { timer: parsed.timer, ledgerSeq };
};

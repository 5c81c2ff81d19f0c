import {
  type Alert,
  type AlertBody,
  type AlertCommandName,
  ASKS,
  type AskAnswer,
  type AskName,
  type AskQuery,
  alertReply,
  askSubject,
  BODY_BYTES_MAX,
  type COMMANDS,
  type CommandName,
  type CommandStored,
  commandReply,
  commandSubject,
  type HomeDecisionBody,
  homeDecideSubject,
  homeDecisionReply,
  type Mode,
  type Refusal,
  refusal,
  refuse,
} from '@muster/contracts';
import type { MsgHdrs } from '@nats-io/nats-core';
import type { z } from 'zod';
import { newTraceparent } from '../trace.ts';
import { headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf, type Unanswered } from '../wire/mux.ts';

/** Milliseconds to wait for the answer to a command or a query; a query's own wait is added. */
export const CALL_DEADLINE_MS = 5_000;

/** A command as its sender writes it; defaults may be left out. */
export type CommandInput<N extends CommandName> = z.input<(typeof COMMANDS)[N]>;

/** No answer can be had now, and nothing was done. */
type NoService = { kind: 'no-service'; because: string };
/** No answer came. The same command, with the same id, is safe to send again and gives the stored result. */
type Unknown = { kind: 'unknown'; because: string };
type Refused = { kind: 'refused'; refusal: Refusal };

export type CommandOutcome = { kind: 'stored'; reply: CommandStored } | Refused | NoService | Unknown;

export type AskOutcome<N extends AskName> =
  | { kind: 'answer'; answer: AskAnswer<N> }
  | Refused
  | NoService
  | Unknown;

export type CallOptions = {
  deadlineMs?: number;
  /** W3C trace context to go on with; none begins a new trace. */
  traceparent?: string;
};

export type AlertOutcome = { kind: 'done'; alert: Alert } | Refused | NoService | Unknown;

export type HomeDecisionOutcome = { kind: 'done'; repeated: boolean } | Refused | NoService | Unknown;

/** Sends commands and queries in the name of an organisation. */
export type Caller = {
  command<N extends CommandName>(
    mode: Mode,
    org: string,
    name: N,
    body: CommandInput<N>,
    options?: CallOptions,
  ): Promise<CommandOutcome>;
  ask<N extends AskName>(
    mode: Mode,
    org: string,
    name: N,
    query: AskQuery<N>,
    options?: CallOptions,
  ): Promise<AskOutcome<N>>;
  /** A command about an alert. The same one, sent again, changes nothing further. */
  alert<N extends AlertCommandName>(
    mode: Mode,
    org: string,
    name: N,
    body: AlertBody<N>,
    options?: CallOptions,
  ): Promise<AlertOutcome>;
  /** What a person of a force decides for its home ledger, for the force's adapter to write. Only the hub may send it. */
  decideAtHome(
    mode: Mode,
    force: string,
    body: HomeDecisionBody,
    options?: CallOptions,
  ): Promise<HomeDecisionOutcome>;
};

const unanswered = (why: Unanswered, subject: string): NoService | Unknown | Refused => {
  switch (why) {
    case 'no-responders':
      return { kind: 'no-service', because: `nothing answers ${subject}: is the service running?` };
    case 'not-sent':
      return { kind: 'no-service', because: 'not connected to the mesh at the moment' };
    case 'denied':
      return { kind: 'refused', refusal: refuse('not-permitted', `this user may not send ${subject}`) };
    case 'timeout':
      return { kind: 'unknown', because: `no answer to ${subject} in time` };
    case 'disconnected':
      return { kind: 'unknown', because: `the connection broke before ${subject} was answered` };
  }
};

const refusalOf = ({ refused, because, fields }: Refusal): Refusal => ({ refused, because, fields });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** An answer or a refusal, each by its own schema; undefined when it is neither. */
const readAnswer = <N extends AskName>(
  name: N,
  reply: unknown,
): { kind: 'answer'; answer: AskAnswer<N> } | Refused | undefined => {
  if (!isObject(reply)) return undefined;
  if (reply.ok === true) {
    const read = (ASKS[name].answer as unknown as z.ZodType<AskAnswer<N>>).safeParse(reply.answer);
    return read.success ? { kind: 'answer', answer: read.data } : undefined;
  }
  const read = refusal.safeParse(reply);
  return read.success ? { kind: 'refused', refusal: refusalOf(read.data) } : undefined;
};

/** A reply or a refusal by one schema; undefined when it is neither. */
const readReply = <Reply extends { ok: true } | ({ ok: false } & Refusal), Done>(
  schema: z.ZodType<Reply>,
  reply: unknown,
  done: (good: Extract<Reply, { ok: true }>) => Done,
): Done | Refused | undefined => {
  const read = schema.safeParse(reply);
  if (!read.success) return undefined;
  const { data } = read;
  return data.ok ? done(data as Extract<Reply, { ok: true }>) : { kind: 'refused', refusal: refusalOf(data) };
};

/** For how long the answer to a query may be waited for, or worked at, by what the query itself says. */
const waitOf = (query: object): number => {
  if ('waitMs' in query && typeof query.waitMs === 'number') return query.waitMs;
  return 'timeLimitMs' in query && typeof query.timeLimitMs === 'number' ? query.timeLimitMs : 0;
};

/** What is sent outside any trace begins one. */
const traceHeaders = (traceparent = newTraceparent()): MsgHdrs => headersOf([['traceparent', traceparent]]);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** @throws when the body is over the limit. */
const encode = (body: object): Uint8Array => {
  const bytes = Buffer.from(JSON.stringify(body));
  if (bytes.length > BODY_BYTES_MAX) {
    throw new RangeError(`body of ${bytes.length} bytes is over the limit of ${BODY_BYTES_MAX}`);
  }
  return bytes;
};

export const createCaller = (mesh: Pick<Link, 'nc'>): Caller => {
  const mux = muxOf(mesh.nc);

  /** @param read undefined when it cannot be read: the sender knows no more than if none had come. */
  const exchange = async <Done>(
    subject: string,
    body: object,
    options: CallOptions | undefined,
    read: (reply: unknown) => Done | Refused | undefined,
  ): Promise<Done | Refused | NoService | Unknown> => {
    const deadlineMs = (options?.deadlineMs ?? CALL_DEADLINE_MS) + waitOf(body);
    const reply = await mux.request(subject, encode(body), traceHeaders(options?.traceparent), deadlineMs);
    if (typeof reply === 'string') return unanswered(reply, subject);
    return (
      read(parseJson(reply.string())) ?? {
        kind: 'unknown',
        because: `the answer to ${subject} cannot be read`,
      }
    );
  };

  return {
    command: async (mode, org, name, body, options) =>
      exchange(commandSubject(mode, org, name), body, options, (reply) =>
        readReply(commandReply, reply, (stored) => ({ kind: 'stored', reply: stored }) as const),
      ),
    alert: async (mode, org, name, body, options) =>
      exchange(commandSubject(mode, org, name), body, options, (reply) =>
        readReply(alertReply, reply, (done) => ({ kind: 'done', alert: done.alert }) as const),
      ),
    decideAtHome: async (mode, force, body, options) =>
      exchange(homeDecideSubject(mode, force), body, options, (reply) =>
        readReply(homeDecisionReply, reply, (done) => ({ kind: 'done', repeated: done.repeated }) as const),
      ),
    ask: async <N extends AskName>(
      mode: Mode,
      org: string,
      name: N,
      query: AskQuery<N>,
      options?: CallOptions,
    ): Promise<AskOutcome<N>> =>
      exchange(askSubject(mode, org, name), query, options, (reply) => readAnswer(name, reply)),
  };
};

import {
  ASKS,
  type AskAnswer,
  type AskName,
  BODY_BYTES_MAX,
  faultsOf,
  isRefusal,
  type Mode,
  type ParsedQuery,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { Msg } from '@nats-io/nats-core';
import type { z } from 'zod';
import { type MessageContext, messageContext } from '../context.ts';
import type { Link } from '../wire/link.ts';
import { askFilter, type Incoming, readIncoming } from './incoming.ts';
import { type Server, serveLoop, UNANSWERED } from './loop.ts';

/** Queries that one process answers at once; long waits count too. */
export const ASKS_IN_FLIGHT_MAX = 4_096;
/** Bytes of one answer: under the server's own limit of 1 MiB for a message. */
export const ANSWER_BYTES_MAX = 1_000_000;

/** Who asks, with the trace and the logger of the query. */
export type AskContext = MessageContext & { org: string };

/** A handler for each query that the service answers; the table says what goes in and out. */
export type AskHandlers = {
  [N in AskName]?: (
    query: ParsedQuery<N>,
    context: AskContext,
  ) => Promise<AskAnswer<N> | Refusal> | AskAnswer<N> | Refusal;
};

export type AskServerOptions = {
  /** Name of the service, and its queue group. */
  service: string;
  inFlightMax?: number;
  handlers: AskHandlers;
};

const refused = (refusal: Refusal): string => JSON.stringify({ ok: false, ...refusal });

type Row = {
  query: z.ZodType;
  answer: z.ZodType;
  handle: (query: unknown, context: AskContext) => Promise<object> | object;
};

const rowsOf = (handlers: AskHandlers): Map<string, Row> => {
  const rows = new Map<string, Row>();
  for (const [name, handle] of Object.entries(handlers)) {
    const { query, answer } = ASKS[name as AskName];
    // The table ties query, handler and answer of one name together; by name alone the types cannot see that.
    rows.set(name, { query, answer, handle: handle as Row['handle'] });
  }
  return rows;
};

/** Answers queries of one mode. What is sent is validated too: an answer that does not fit is a fault of ours. */
export const serveAsks = (mesh: Pick<Link, 'nc' | 'log'>, mode: Mode, options: AskServerOptions): Server => {
  const log = mesh.log.child({ service: options.service, mode });
  const rows = rowsOf(options.handlers);

  const contextOf = ({ org, name, traceparent }: Incoming): AskContext =>
    Object.assign(messageContext(log, traceparent, { org, ask: name }), { org });

  const answer = async (msg: Msg): Promise<Uint8Array | string | undefined> => {
    const incoming = readIncoming(msg, BODY_BYTES_MAX);
    if (isRefusal(incoming)) return refused(incoming);
    const { name, body } = incoming;
    const row = rows.get(name);
    if (!row) return refused(refuse('invalid', `there is no query "${name}"`));
    const parsed = row.query.safeParse(body);
    if (!parsed.success) return refused(refuse('invalid', 'the query does not fit', faultsOf(parsed.error)));
    const context = contextOf(incoming);
    try {
      const value = await row.handle(parsed.data, context);
      if (isRefusal(value)) return refused(value);
      const reply = Buffer.from(`{"ok":true,"answer":${JSON.stringify(row.answer.parse(value))}}`);
      return reply.length <= ANSWER_BYTES_MAX
        ? reply
        : refused(refuse('invalid', `the answer is over ${ANSWER_BYTES_MAX} bytes; ask for fewer rows`));
    } catch (error) {
      context.log.error({ err: error }, UNANSWERED);
      return undefined;
    }
  };

  return serveLoop(
    { nc: mesh.nc, log },
    {
      subjects: [...rows.keys()].map((name) => askFilter(mode, name)),
      queue: options.service,
      inFlightMax: options.inFlightMax ?? ASKS_IN_FLIGHT_MAX,
      answer,
      refused,
    },
  );
};

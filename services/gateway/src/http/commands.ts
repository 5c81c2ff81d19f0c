import {
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  commandStored,
  faultsOf,
  isCommandId,
  type Mode,
  orgKind,
} from '@muster/contracts';
import type { CommandInput } from '@muster/mesh';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RETRY_AFTER_SECONDS } from '../limits.ts';
import { forWhom } from '../policy/denial.ts';
import type { Policy } from '../policy/policy.ts';
import { type Acting, actorOf, modeOf, noStore } from './guard.ts';
import { inputSchema, outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { checkUnchanged } from './precondition.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';
import { traceOf } from './trace.ts';

const KEY_HEADER = 'idempotency-key';
/** What a command carries that people do not write: the key is its id, and the session says who acts. */
const NOT_SENT: readonly string[] = ['commandId', 'actor'];

/** The end of a command that is not known: it may still be stored, and the same key sent again tells. */
export const unknownOutcome = z.object({
  commandId: z.string(),
  state: z.literal('unknown'),
  because: z.string(),
});
const stored = commandStored.omit({ ok: true });

const resultAnswer = z.discriminatedUnion('state', [
  z.object({
    commandId: z.string(),
    state: z.literal('stored'),
    /** `seq` is the place of its last event in the ledger, of a decision at home in the force's own. */
    result: stored.omit({ commandId: true, repeated: true }),
  }),
  unknownOutcome,
]);

type JsonObject = { properties?: Record<string, unknown>; required?: string[] };

/** The schema of a command's body as the gateway takes it. */
export const sentSchema = (of: z.ZodType): JsonObject => {
  const { properties = {}, required = [], ...rest } = inputSchema(of) as JsonObject;
  const kept = Object.entries(properties).filter(([field]) => !NOT_SENT.includes(field));
  return {
    ...rest,
    properties: Object.fromEntries(kept),
    required: required.filter((field) => !NOT_SENT.includes(field)),
  };
};

export const keyOf = (request: FastifyRequest): string => {
  const key = request.headers[KEY_HEADER];
  if (typeof key === 'string' && isCommandId(key)) return key;
  throw new Problem(
    'invalid',
    'every command needs a header Idempotency-Key of its own: letters, digits, "_" and "-", at most 64',
    [{ path: KEY_HEADER, because: key === undefined ? 'is missing' : 'is not an id of a command' }],
  );
};

/** The body as it was sent, with who acts and under which id. @throws Problem `invalid`. */
export const bodyFor = <T>(
  schema: z.ZodType<T>,
  request: FastifyRequest,
  acting: Acting,
  commandId: string,
): T => {
  const sent = request.body;
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    throw new Problem('invalid', 'the body must be a JSON object');
  }
  const foreign = NOT_SENT.filter((field) => Object.hasOwn(sent, field));
  if (foreign.length > 0) {
    const fields = foreign.map((path) => ({ path, because: 'is set by the gateway' }));
    throw new Problem('invalid', `leave out ${foreign.join(' and ')}`, fields);
  }
  const read = schema.safeParse({ ...sent, commandId, actor: actorOf(acting) });
  if (read.success) return read.data;
  throw new Problem('invalid', 'the body does not fit', faultsOf(read.error));
};

/** Where to ask how a command ended. */
export const resultPath = (mode: Mode, commandId: string, org: string): string =>
  `/v1/${mode}/results/${commandId}?as=${org}`;

export const sendUnknown = (reply: FastifyReply, commandId: string, because: string): FastifyReply =>
  reply
    .code(202)
    .header('retry-after', String(RETRY_AFTER_SECONDS))
    .send({ commandId, state: 'unknown', because });

const handle = async (
  parts: Parts,
  name: CommandName,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const mode = modeOf(request);
  const acting = parts.guard.acting(request, name);
  const { org } = acting.duty;
  const commandId = keyOf(request);
  const body = bodyFor<unknown>(COMMANDS[name], request, acting, commandId) as CommandInput<CommandName>;
  await checkUnchanged(parts, mode, org, body as Record<string, unknown>, request.headers['if-match']);
  const outcome = await parts.caller.command(mode, org, name, body, traceOf(request));
  noStore(reply).header('location', resultPath(mode, commandId, org));
  switch (outcome.kind) {
    case 'stored': {
      const { ok: _, ...answer } = outcome.reply;
      parts.viewOf(mode).stored(answer.seq);
      return reply.send(answer);
    }
    case 'refused':
      throw Problem.of(outcome.refusal);
    case 'no-service':
      throw new Problem('unavailable', `${outcome.because}; nothing was done, send the same again`);
    case 'unknown':
      return sendUnknown(reply, commandId, outcome.because);
  }
};

/** Headers of every command. */
export const keyHeaders = {
  type: 'object',
  required: ['Idempotency-Key'],
  properties: {
    'Idempotency-Key': {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$',
      description: 'Id of the command; the same key gives the same result.',
    },
    'muster-role': { type: 'string', description: 'In which of your roles; default: the first that may.' },
    'x-muster-csrf': { type: 'string', description: 'The token of /v1/me.' },
    traceparent: { type: 'string', description: 'W3C trace to go on with.' },
  },
};

const describe = (name: CommandName, policy: Policy) => ({
  tags: ['commands'],
  summary: name.replaceAll('-', ' '),
  description: forWhom(policy, name),
  operationId: name,
  params: modeParameter,
  querystring: actingParameter,
  headers: {
    ...keyHeaders,
    properties: {
      ...keyHeaders.properties,
      'If-Match': {
        type: 'string',
        description: 'ETag of what the command is about: 412 when it has changed.',
      },
    },
  },
  body: sentSchema(COMMANDS[name]),
  response: {
    200: { description: 'Stored.', ...outputSchema(stored) },
    202: { description: 'Not known yet; ask at Location.', ...outputSchema(unknownOutcome) },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
});

const actingParameter = {
  type: 'object',
  properties: {
    as: {
      type: 'string',
      description: 'The organisation that you act for; default: that of your first duty.',
    },
  },
};

/** A route for every row of the command table, and one for how a command ended. */
export const commandRoutes = (app: FastifyInstance, parts: Parts): void => {
  for (const name of COMMAND_NAMES) {
    app.post(`/v1/:mode/commands/${name}`, { schema: describe(name, parts.policy) }, (request, reply) =>
      handle(parts, name, request, reply),
    );
  }
  app.get<{ Params: { commandId: string } }>(
    '/v1/:mode/results/:commandId',
    {
      schema: {
        tags: ['commands'],
        summary: 'How a command of yours ended',
        operationId: 'result',
        params: {
          ...modeParameter,
          properties: { ...modeParameter.properties, commandId: { type: 'string' } },
        },
        querystring: actingParameter,
        response: {
          200: { description: 'What is known.', ...outputSchema(resultAnswer) },
          '4xx': problemAnswer,
        },
      },
    },
    async (request, reply) => {
      const mode = modeOf(request);
      const { duty } = parts.guard.acting(request, 'results');
      const { commandId } = request.params;
      if (!isCommandId(commandId) || orgKind(duty.org) === undefined) {
        throw new Problem('invalid', 'that is no id of a command: it is its Idempotency-Key');
      }
      const result = parts.viewOf(mode).result(duty.org, commandId);
      if (result) return noStore(reply).send({ commandId, state: 'stored', result });
      const because = 'nothing of it is stored yet; send the same command again to be sure';
      return noStore(reply)
        .header('retry-after', String(RETRY_AFTER_SECONDS))
        .send({ commandId, state: 'unknown', because });
    },
  );
};

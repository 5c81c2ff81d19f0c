import { ASK_NAMES, ASKS, type AskName, type AskQuery, faultsOf } from '@muster/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { forWhom } from '../policy/denial.ts';
import type { Policy } from '../policy/policy.ts';
import { etagOf, names } from './etag.ts';
import { modeOf } from './guard.ts';
import { flatProperties, inputSchema, outputSchema, readParameters } from './parameters.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';
import { traceOf } from './trace.ts';

/** Addresses of queries, where the name of the query is not a good one. Names in braces are fields of the query. */
const PATHS: Readonly<Partial<Record<AskName, string>>> = {
  'request-list': 'requests',
  'request-show': 'requests/:host/:requestId',
  candidates: 'candidates/:requestId/:lineId',
  'deployment-list': 'deployments',
  'deployment-show': 'deployments/:donor/:deploymentId',
  'claim-list': 'claims',
  'claim-show': 'claims/:donor/:claimId',
  'capability-search': 'capabilities',
  'capability-show': 'capabilities/:force/:capabilityId',
};

export const pathOf = (name: AskName): string => `/v1/:mode/${PATHS[name] ?? name}`;

const inPath = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, field]) => field ?? '');

const AS = {
  type: 'string',
  description: 'The organisation that you act for; default: that of your first duty.',
};

const describe = (name: AskName, shape: ReturnType<typeof inputSchema>, policy: Policy) => {
  const path = inPath(pathOf(name)).filter((field) => field !== 'mode');
  const fields = flatProperties(shape);
  const required = (shape as { required?: string[] }).required ?? [];
  const kept = Object.entries(fields).filter(([field]) => !path.includes(field));
  return {
    tags: ['queries'],
    summary: name.replaceAll('-', ' '),
    description: forWhom(policy, name),
    operationId: name,
    params: {
      type: 'object',
      required: ['mode', ...path],
      properties: {
        ...modeParameter.properties,
        ...Object.fromEntries(path.map((field) => [field, fields[field] ?? { type: 'string' }])),
      },
    },
    querystring: {
      type: 'object',
      required: required.filter((field) => kept.some(([key]) => key === field)),
      properties: { as: AS, ...Object.fromEntries(kept) },
    },
    response: {
      200: { description: 'The answer.', ...outputSchema(ASKS[name].answer) },
      304: { description: 'As you have it (If-None-Match).', type: 'null' },
      '4xx': problemAnswer,
      503: problemAnswer,
    },
  };
};

const queryOf = <N extends AskName>(name: N, shape: object, request: FastifyRequest): AskQuery<N> => {
  const { mode: _, ...params } = request.params as Record<string, string>;
  const { as: __, ...given } = request.query as Record<string, string | string[]>;
  const { query, unknown, repeated } = readParameters(shape, { ...given, ...params });
  if (unknown.length > 0) {
    const fields = unknown.map((path) => ({ path, because: 'there is no such parameter' }));
    throw new Problem('invalid', `${name} does not take ${unknown.join(', ')}`, fields);
  }
  if (repeated.length > 0) {
    const fields = repeated.map((path) => ({ path, because: 'may be given once' }));
    throw new Problem('invalid', `${repeated.join(', ')} may be given once`, fields);
  }
  const read = (ASKS[name].query as z.ZodType).safeParse(query);
  if (!read.success) throw new Problem('invalid', 'the query does not fit', faultsOf(read.error));
  return read.data as AskQuery<N>;
};

/** Answers with an ETag, or that nothing has changed. What one organisation may see is for its people only. */
export const sendTagged = (
  request: FastifyRequest,
  reply: FastifyReply,
  org: string,
  answer: unknown,
): FastifyReply => {
  const text = JSON.stringify(answer);
  const etag = etagOf(org, text);
  reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'cookie');
  if (names(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(text);
};

/** A route for every row of the query table. */
export const askRoutes = (app: FastifyInstance, parts: Parts): void => {
  for (const name of ASK_NAMES) {
    const shape = inputSchema(ASKS[name].query);
    app.get(pathOf(name), { schema: describe(name, shape, parts.policy) }, async (request, reply) => {
      const mode = modeOf(request);
      const { duty } = parts.guard.acting(request, name);
      const query = queryOf(name, shape, request);
      const outcome = await parts.caller.ask(mode, duty.org, name, query, traceOf(request));
      switch (outcome.kind) {
        case 'answer':
          return sendTagged(request, reply, duty.org, outcome.answer);
        case 'refused':
          throw Problem.of(outcome.refusal);
        case 'no-service':
        case 'unknown':
          throw new Problem('unavailable', `${outcome.because}; try again`);
      }
    });
  }
};

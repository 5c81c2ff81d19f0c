import { type CallOptions, continueTrace } from '@muster/mesh';
import type { FastifyRequest } from 'fastify';

/** What a message to the mesh says of its trace: that of the request (W3C `traceparent`), under a span of our own. */
export const traceOf = (request: FastifyRequest): CallOptions => {
  const { traceparent } = request.headers;
  return { traceparent: continueTrace(typeof traceparent === 'string' ? traceparent : undefined) };
};

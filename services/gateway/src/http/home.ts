import { homeDecision } from '@muster/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  bodyFor,
  keyHeaders,
  keyOf,
  resultPath,
  sendUnknown,
  sentSchema,
  unknownOutcome,
} from './commands.ts';
import { modeOf, noStore } from './guard.ts';
import { outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { refuseIfMatch } from './precondition.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';
import { traceOf } from './trace.ts';

const NAME = 'home-decide';

const decided = z.object({ commandId: z.string(), repeated: z.boolean() });

const schema = {
  tags: ['commands'],
  summary: 'Confirm or refuse units that a host has reserved',
  operationId: NAME,
  description:
    'For the adapter of the force, which alone writes its home ledger; 503 if the force takes no decisions by this way.',
  params: modeParameter,
  querystring: { type: 'object', properties: { as: { type: 'string' } } },
  headers: keyHeaders,
  body: sentSchema(homeDecision),
  response: {
    200: { description: 'Written in the home ledger.', ...outputSchema(decided) },
    202: { description: 'Not known yet; ask at Location.', ...outputSchema(unknownOutcome) },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
};

/** What a person of a force decides for its home ledger, sent on to the adapter of the force. */
export const homeRoutes = (app: FastifyInstance, parts: Parts): void => {
  app.post(`/v1/:mode/commands/${NAME}`, { schema }, async (request, reply) => {
    const mode = modeOf(request);
    const acting = parts.guard.acting(request, NAME);
    const commandId = keyOf(request);
    refuseIfMatch(request.headers['if-match']);
    const body = bodyFor(homeDecision, request, acting, commandId);
    const outcome = await parts.caller.decideAtHome(mode, acting.duty.org, body, traceOf(request));
    noStore(reply).header('location', resultPath(mode, commandId, acting.duty.org));
    switch (outcome.kind) {
      case 'done':
        return reply.send({ commandId, repeated: outcome.repeated });
      case 'refused':
        throw Problem.of(outcome.refusal);
      case 'no-service':
        throw new Problem(
          'unavailable',
          `the adapter of ${acting.duty.org} takes no decisions from here, or is away; its own desk can decide`,
        );
      case 'unknown':
        return sendUnknown(reply, commandId, outcome.because);
    }
  });
};

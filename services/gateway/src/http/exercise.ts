import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, modeOf, noStore } from './guard.ts';
import { inputSchema, outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

const exercise = z.object({
  /** Names what is kept now; another after each reset. */
  epoch: z.string(),
  events: z.int().min(0),
  /** Whether the person may begin it anew. */
  reset: z.discriminatedUnion('allowed', [
    z.object({ allowed: z.literal(true) }),
    z.object({ allowed: z.literal(false), because: z.string() }),
  ]),
});
type Exercise = z.infer<typeof exercise>;

/** The epoch that is to end, so that a reset that was pressed twice, or by two, is done once. */
const sent = z.strictObject({ epoch: z.string().min(1).max(64) });
const done = z.object({ epoch: z.string() });

const schemaOf = (summary: string, operationId: string, answer: z.ZodType) => ({
  tags: ['you'],
  summary,
  operationId,
  params: modeParameter,
  querystring: { type: 'object', properties: { as: { type: 'string' } } },
  response: {
    200: { description: 'As it is now.', ...outputSchema(answer) },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
});

/** There is nothing of the kind in the actual mode. */
const checkMode = (request: FastifyRequest): void => {
  if (modeOf(request) !== 'exercise') throw new Problem('no-such-route', 'the actual mode is never reset');
};

/** The exercise as a whole, and its new beginning. */
export const exerciseRoutes = (app: FastifyInstance, parts: Parts): void => {
  const shown = schemaOf('The exercise: its epoch, and whether you may begin it anew', 'exercise', exercise);
  app.get('/v1/:mode/exercise', { schema: shown }, async (request, reply) => {
    checkMode(request);
    const { duty } = parts.guard.acting(request, 'exercise');
    const view = parts.viewOf('exercise');
    const mayReset = parts.policy.rolesFor(duty, 'exercise-reset').length > 0;
    const answer: Exercise = {
      epoch: view.epoch(),
      events: view.seq(),
      reset: mayReset
        ? { allowed: true }
        : { allowed: false, because: 'all forces share the exercise: the national centre alone resets it' },
    };
    return noStore(reply).send(answer);
  });

  const reset = {
    ...schemaOf('Delete everything of the exercise and begin it anew', 'exercise-reset', done),
    body: inputSchema(sent),
  };
  app.post('/v1/:mode/exercise/reset', { schema: reset }, async (request, reply) => {
    checkMode(request);
    const acting = parts.guard.acting(request, 'exercise-reset');
    const body = sent.safeParse(request.body);
    if (!body.success)
      throw new Problem('invalid', 'name the epoch that is to end, as GET /v1/exercise/exercise tells it');
    const { role, id } = actorOf(acting);
    const by = `${acting.duty.org}/${role}/${id}`;
    const outcome = await parts.resetExercise({ epoch: body.data.epoch, by });
    switch (outcome.kind) {
      case 'done':
        return noStore(reply).send({ epoch: outcome.epoch });
      case 'refused':
        throw Problem.of(outcome.refusal);
      case 'no-service':
      case 'unknown':
        throw new Problem('unavailable', outcome.because);
    }
  });
};

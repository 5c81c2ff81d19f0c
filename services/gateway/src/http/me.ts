import { CAPABILITIES, FORCES, MODES, ORGS, REGIONS } from '@muster/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { duty } from '../session/person.ts';
import { sendTagged } from './asks.ts';
import { noStore } from './guard.ts';
import { outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { problemAnswer } from './schemas.ts';

const me = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  duties: z.array(duty),
  /** Send it in the header x-muster-csrf with every change. */
  csrf: z.string(),
  modes: z.array(z.enum(MODES)),
  expiresAt: z.string(),
  /** True where everyone may sign in as anyone. */
  demo: z.boolean(),
});

/** Who has signed in, and the public reference data. */
export const meRoutes = (app: FastifyInstance, parts: Parts, demo: boolean): void => {
  const response = { 200: { description: 'You.', ...outputSchema(me) }, 401: problemAnswer };
  app.get(
    '/v1/me',
    { schema: { tags: ['you'], summary: 'Who you are', response } },
    async (request, reply) => {
      const { person, csrf, endsAt } = parts.guard.sessionOf(request);
      return noStore(reply).send({
        person: { id: person.id, name: person.name },
        duties: person.duties,
        csrf,
        modes: parts.modes,
        expiresAt: new Date(endsAt).toISOString(),
        demo,
      });
    },
  );
  const reference = { forces: FORCES, capabilities: CAPABILITIES, regions: REGIONS, organisations: ORGS };
  app.get(
    '/v1/reference',
    { schema: { tags: ['you'], summary: 'Forces, regions and capability codes' } },
    async (request, reply) => {
      parts.guard.sessionOf(request);
      return sendTagged(request, reply, 'reference', reference);
    },
  );
};

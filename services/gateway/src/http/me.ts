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

const referenceAnswer = z.object({
  forces: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), type: z.string(), region: z.string(), rocu: z.string() },
      ...{ hqTown: z.string(), hqLat: z.number(), hqLon: z.number(), officersFte: z.number().optional() },
    }),
  ),
  capabilities: z.array(
    z.object({
      ...{ code: z.string(), name: z.string(), category: z.string(), typicalUnit: z.string() },
      noticeMinMinutes: z.number().optional(),
      noticeMaxMinutes: z.number().optional(),
      accreditation: z.string(),
      /** False: it is never shown on the mesh. */
      advertise: z.boolean(),
    }),
  ),
  regions: z.array(z.string()),
  organisations: z.array(z.string()),
});

/** Who has signed in, and the public reference data. */
export const meRoutes = (app: FastifyInstance, parts: Parts, demo: boolean): void => {
  const response = { 200: { description: 'You.', ...outputSchema(me) }, '4xx': problemAnswer };
  app.get(
    '/v1/me',
    { schema: { tags: ['you'], summary: 'Who you are', operationId: 'me', response } },
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
    {
      schema: {
        tags: ['you'],
        summary: 'Forces, regions and capability codes',
        operationId: 'reference',
        response: {
          200: { description: 'The public reference data.', ...outputSchema(referenceAnswer) },
          304: { description: 'As you have it (If-None-Match).', type: 'null' },
          '4xx': problemAnswer,
        },
      },
    },
    async (request, reply) => {
      parts.guard.sessionOf(request);
      return sendTagged(request, reply, 'reference', reference);
    },
  );
};

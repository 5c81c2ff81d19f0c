import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

const ABOUT = `Muster's API for people and dashboards. Everything here follows from the contracts: a command for each row of
the command table, a query for each row of the query table. Problems are told as RFC 9457 with a stable code.`;

/** Collects the description of every route that is added after it. */
export const addDescription = async (app: FastifyInstance): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Muster gateway', version: '1', description: ABOUT },
      tags: [
        { name: 'you', description: 'Who you are.' },
        {
          name: 'commands',
          description: 'What changes something. The Idempotency-Key is the id of the command.',
        },
        { name: 'queries', description: 'What you may see. Every answer has an ETag.' },
        { name: 'events', description: 'What happens, as it happens and as a record.' },
        { name: 'records', description: 'What is kept for when all else is down.' },
        { name: 'sign-in', description: 'OpenID Connect.' },
      ],
    },
  });
};

/** Serves the description as OpenAPI 3.1, and pages to browse it. */
export const referenceRoutes = async (app: FastifyInstance): Promise<void> => {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'none' },
    staticCSP: false,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
};

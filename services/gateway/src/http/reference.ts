import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { CSRF_HEADER } from './guard.ts';

const ABOUT = `Muster's API for people and dashboards. Everything here follows from the contracts: a command for each row of
the command table, a query for each row of the query table.

Sign in at \`/auth/login\`; the session is a cookie, and \`/v1/me\` gives the token that every change needs in the header
\`${CSRF_HEADER}\`. Problems are told as RFC 9457 with a stable code, and their \`type\` leads to what to do
(\`/problems\` has all of them).`;

/** Where nobody has to have signed in. */
const OPEN: readonly string[] = ['/auth/login', '/auth/callback'];
const READS: readonly string[] = ['GET', 'HEAD'];

/** Collects the description of every route that is added after it. @param cookie name of the cookie of a session. */
export const addDescription = async (app: FastifyInstance, cookie: string): Promise<void> => {
  const isRead = (method: string | string[]): boolean =>
    [method].flat().every((each) => READS.includes(each));
  await app.register(swagger, {
    transform: ({ schema, url, route }) => {
      const needed: Record<string, string[]> = isRead(route.method)
        ? { session: [] }
        : { session: [], csrf: [] };
      return { schema: { ...schema, security: OPEN.includes(url) ? [] : [needed] }, url };
    },
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Muster gateway', version: '1', description: ABOUT },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookie, description: 'Set by /auth/login.' },
          csrf: { type: 'apiKey', in: 'header', name: CSRF_HEADER, description: 'The csrf of /v1/me.' },
        },
      },
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
